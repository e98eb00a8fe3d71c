import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '@/lib/api/client';

/** The limits of an account: the owners' own, the product's, and higher ones that wait. */
export function limitsQuery(accountId: string) {
  return queryOptions({
    queryKey: ['accounts', accountId, 'limits'],
    queryFn: () =>
      answer(api.GET('/api/v1/accounts/{account_id}/limits', { params: { path: { account_id: accountId } } })),
  });
}
