import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '@/lib/api/client';

/** The owners' own limits beside the product's. */
export function contractLimitsQuery(accountId: string) {
  return queryOptions({
    queryKey: ['accounts', 'staff', accountId, 'limits'],
    queryFn: () =>
      answer(api.GET('/api/v1/accounts/{account_id}/limits', { params: { path: { account_id: accountId } } })),
  });
}
