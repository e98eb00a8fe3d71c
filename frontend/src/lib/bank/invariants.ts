import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '@/lib/api/client';

/** What must hold in the ledger, and whether it does. */
export const invariantsQuery = queryOptions({
  queryKey: ['invariants'],
  queryFn: async () => (await answer(api.GET('/api/v1/ledger/invariants', {}))).items,
  refetchInterval: 15_000,
});
