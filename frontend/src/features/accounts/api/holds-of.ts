import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '@/lib/api/client';

/** What is set aside on the account now. */
export function openHoldsQuery(accountId: string) {
  return queryOptions({
    queryKey: ['holds', accountId, 'open'],
    queryFn: async () => {
      const query = { account_id: accountId, limit: 100 };
      const { items } = await answer(api.GET('/api/v1/holds', { params: { query } }));
      return items.filter((hold) => hold.status === 'held');
    },
  });
}
