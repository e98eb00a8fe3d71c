import { queryOptions } from '@tanstack/react-query';
import { answer, api, type Schemas } from '@/lib/api/client';

export type Posting = Pick<Schemas['InterestCredit'], 'period' | 'kind'>;

/** How a posting was computed, day by day. */
export function worksheetQuery(accountId: string, { period, kind }: Posting) {
  return queryOptions({
    queryKey: ['interest', accountId, period, kind],
    queryFn: async () => {
      const path = { account_id: accountId, period, kind };
      const sheet = await answer(
        api.GET('/api/v1/interest/{account_id}/postings/{period}/{kind}', { params: { path } }),
      );
      // The same address gives CSV as text; without a format it gives the sheet itself.
      return sheet as Schemas['Worksheet'];
    },
    staleTime: Infinity,
  });
}
