import { answer, api } from '@/lib/api/client';

export function writeNote(customerId: string, text: string) {
  const params = { path: { customer_id: customerId } };
  return answer(api.POST('/api/v1/customers/{customer_id}/notes', { params, body: { text } }));
}
