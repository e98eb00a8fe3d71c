import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '@/lib/api/client';

/** Say that one has the account open, and hear who else has. */
export function viewContractQuery(accountId: string) {
  return queryOptions({
    queryKey: ['viewing', accountId],
    queryFn: () => {
      const params = { path: { account_id: accountId } };
      return answer(api.POST('/api/v1/accounts/{account_id}/viewing', { params, body: {} }));
    },
    refetchInterval: 20_000,
    gcTime: 0,
  });
}
