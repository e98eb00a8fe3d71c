import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '@/lib/api/client';

/** What an account earns, what has accrued, what was posted. */
export function interestQuery(accountId: string) {
  return queryOptions({
    queryKey: ['interest', accountId],
    queryFn: () => answer(api.GET('/api/v1/interest/{account_id}', { params: { path: { account_id: accountId } } })),
  });
}
