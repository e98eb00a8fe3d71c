import { answer, api, type Schemas } from '@/lib/api/client';
import { pagesOf } from '@/lib/api/pages';

export function notesQuery(customerId: string) {
  return pagesOf<Schemas['NoteAnswer']>(['customers', customerId, 'notes'], (query) =>
    answer(api.GET('/api/v1/customers/{customer_id}/notes', { params: { path: { customer_id: customerId }, query } })),
  );
}
