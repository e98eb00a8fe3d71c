import { queryOptions } from '@tanstack/react-query';
import { answer, api, type Schemas } from '@/lib/api/client';

export type Product = Schemas['ProductAnswer'];

/** What the bank offers. */
export const productsQuery = queryOptions({
  queryKey: ['products'],
  queryFn: async () => (await answer(api.GET('/api/v1/products', { params: { query: { limit: 200 } } }))).items,
  staleTime: 10 * 60_000,
});
