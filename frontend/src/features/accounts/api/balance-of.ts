import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '@/lib/api/client';

/** An account's balance with the parts that make up what is available. */
export function balanceOfQuery(accountId: string) {
  return queryOptions({
    queryKey: ['balances', 'one', accountId],
    queryFn: () => answer(api.GET('/api/v1/balances/{account_id}', { params: { path: { account_id: accountId } } })),
  });
}
