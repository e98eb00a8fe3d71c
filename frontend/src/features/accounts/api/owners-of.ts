import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '@/lib/api/client';

/** Who owns an account, and whether one signs alone or all together. */
export function ownersQuery(accountId: string) {
  return queryOptions({
    queryKey: ['accounts', accountId, 'owners'],
    queryFn: () =>
      answer(api.GET('/api/v1/accounts/{account_id}/owners', { params: { path: { account_id: accountId } } })),
  });
}
