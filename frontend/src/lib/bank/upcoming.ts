import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '@/lib/api/client';

/** What will be sent, by its day. */
export const upcomingQuery = queryOptions({
  queryKey: ['orders', 'upcoming'],
  queryFn: async () => (await answer(api.GET('/api/v1/standing-orders/upcoming', {}))).items,
});
