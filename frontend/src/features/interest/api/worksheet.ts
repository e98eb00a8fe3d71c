import { queryOptions } from '@tanstack/react-query';
import { answer, api, type Schemas } from '@/lib/api/client';

export type Posting = Pick<Schemas['InterestCredit'], 'period' | 'kind'>;

/** How a posting was computed, day by day. */
export function worksheetQuery(accountId: string, { period, kind }: Posting) {
  return queryOptions({
    queryKey: ['interest', accountId, period, kind],
    queryFn: () => {
      const path = { account_id: accountId, period, kind };
      return answer(api.GET('/api/v1/interest/{account_id}/postings/{period}/{kind}', { params: { path } }));
    },
    staleTime: Infinity,
  });
}
