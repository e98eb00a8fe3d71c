import { queryOptions } from '@tanstack/react-query';
import { answer, api, type Schemas } from '@/lib/api/client';

export type Balance = Schemas['BalanceAnswer'];

/** Booked, held and available of up to 100 accounts. */
export function balancesQuery(accountIds: string[]) {
  return queryOptions({
    queryKey: ['balances', ...accountIds],
    queryFn: async () => {
      const query = { account_ids: accountIds.join(',') };
      return (await answer(api.GET('/api/v1/balances', { params: { query } }))).items;
    },
    enabled: accountIds.length > 0,
  });
}
