import { queryOptions } from '@tanstack/react-query';
import { answer, api, type Schemas } from '@/lib/api/client';

export type StandingOrder = Schemas['OrderAnswer'];

/** The standing orders out of one's own accounts; nobody has more than one page of them. */
export const ordersQuery = queryOptions({
  queryKey: ['orders', 'list'],
  queryFn: async () => (await answer(api.GET('/api/v1/standing-orders', { params: { query: { limit: 200 } } }))).items,
});
