import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '@/lib/api/client';

/** Who owns the account, by name, and whether one signs alone or all together. */
export function contractOwnersQuery(accountId: string) {
  return queryOptions({
    queryKey: ['accounts', 'staff', accountId, 'owners'],
    queryFn: () =>
      answer(api.GET('/api/v1/accounts/{account_id}/owners', { params: { path: { account_id: accountId } } })),
  });
}
