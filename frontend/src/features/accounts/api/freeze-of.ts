import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '@/lib/api/client';

/** What is frozen, why, since when, and who may lift it. */
export function freezeQuery(accountId: string) {
  return queryOptions({
    queryKey: ['accounts', accountId, 'freeze'],
    queryFn: () =>
      answer(api.GET('/api/v1/accounts/{account_id}/freeze', { params: { path: { account_id: accountId } } })),
  });
}
