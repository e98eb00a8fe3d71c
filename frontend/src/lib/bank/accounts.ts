import { queryOptions } from '@tanstack/react-query';
import { answer, api, type Schemas } from '@/lib/api/client';

export type Account = Schemas['AccountAnswer'];

/** The accounts of the signed-in customer; nobody has more than one page of them. */
export const accountsQuery = queryOptions({
  queryKey: ['accounts'],
  queryFn: async () => {
    const { items } = await answer(api.GET('/api/v1/accounts', { params: { query: { limit: 200 } } }));
    return items.sort(oldestFirst);
  },
  // An account that is being opened or frozen shows its new state soon.
  refetchInterval: (query) => (query.state.data?.some(isOnItsWay) ? 1_000 : false),
});

function oldestFirst(one: Account, other: Account): number {
  const order = (one.opened_at ?? '9').localeCompare(other.opened_at ?? '9');
  return order === 0 ? one.id.localeCompare(other.id) : order;
}

/** Whether the ledger has yet to follow: the state is asked for again soon. */
export function isOnItsWay(account: Account): boolean {
  return ['opening', 'freezing', 'unfreezing', 'closing', 'waking'].includes(account.status);
}
