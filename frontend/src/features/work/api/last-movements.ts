import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '@/lib/api/client';

const SHOWN = 10;

/** The last entries of the whole bank, the newest first. */
export const lastMovementsQuery = queryOptions({
  queryKey: ['transactions', 'last'],
  queryFn: async () => (await answer(api.GET('/api/v1/transactions', { params: { query: { limit: SHOWN } } }))).items,
  refetchInterval: 15_000,
});
