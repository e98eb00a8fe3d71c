import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '@/lib/api/client';
import { isOnItsWay } from '@/lib/bank/accounts';

export function contractQuery(accountId: string) {
  return queryOptions({
    queryKey: ['accounts', 'staff', accountId],
    queryFn: () => answer(api.GET('/api/v1/accounts/{account_id}', { params: { path: { account_id: accountId } } })),
    refetchInterval: (query) => (query.state.data && isOnItsWay(query.state.data) ? 1_000 : false),
  });
}
