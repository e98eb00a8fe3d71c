import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '@/lib/api/client';

/** What is set aside on an account, as far as it has not ended. */
export function holdsOfQuery(accountId: string) {
  return queryOptions({
    queryKey: ['holds', accountId],
    queryFn: async () => {
      const query = { account_id: accountId, limit: 50 };
      const { items } = await answer(api.GET('/api/v1/holds', { params: { query } }));
      return items.filter((hold) => hold.status === 'held');
    },
  });
}
