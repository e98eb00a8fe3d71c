import { answer, api, type Schemas } from '@/lib/api/client';

export type Unmasked = Schemas['UnmaskedAnswer'];

/** See all of a customer; the reason is kept, and the customer reads it. */
export function unmaskCustomer(customerId: string, reason: string): Promise<Unmasked> {
  const params = { path: { customer_id: customerId } };
  return answer(api.POST('/api/v1/customers/{customer_id}/unmask', { params, body: { reason } }));
}
