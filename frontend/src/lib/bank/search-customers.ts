import { answer, api, type Schemas } from '@/lib/api/client';

export type Customer = Schemas['CustomerAnswer'];

/** Customers by name, e-mail, phone or the number of an account: what is sought travels in the body, not in an address. */
export async function searchCustomers(body: Schemas['SearchRequest'], limit = 20): Promise<Customer[]> {
  return (await answer(api.POST('/api/v1/customers/search', { params: { query: { limit, masked: true } }, body })))
    .items;
}
