import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '@/lib/api/client';

/** The newest movements of all accounts. */
export const recentMovementsQuery = queryOptions({
  queryKey: ['transactions', 'recent'],
  queryFn: async () => (await answer(api.GET('/api/v1/transactions', { params: { query: { limit: 8 } } }))).items,
});
