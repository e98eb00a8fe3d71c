import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '@/lib/api/client';

/** Debits and credits of the whole ledger at the end of a day, or as it stands now. */
export function trialBalanceQuery(asOf: string) {
  return queryOptions({
    queryKey: ['trial-balance', asOf],
    queryFn: () => answer(api.GET('/api/v1/ledger/trial-balance', { params: { query: asOf ? { as_of: asOf } : {} } })),
  });
}
