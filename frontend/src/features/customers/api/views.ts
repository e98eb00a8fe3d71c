import { answer, api, type Schemas } from '@/lib/api/client';
import { pagesOf } from '@/lib/api/pages';

/** Who of the bank looked at the customer's data. */
export function viewsQuery(customerId: string) {
  return pagesOf<Schemas['ViewAnswer']>(['customers', customerId, 'views'], (query) =>
    answer(api.GET('/api/v1/customers/{customer_id}/views', { params: { path: { customer_id: customerId }, query } })),
  );
}
