import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '@/lib/api/client';
import { isOnItsWay } from './accounts';

/** The accounts of one customer, as staff sees them. */
export function customerAccountsQuery(customerId: string) {
  return queryOptions({
    queryKey: ['accounts', 'of', customerId],
    queryFn: async () => {
      const query = { customer_id: customerId, limit: 200 };
      return (await answer(api.GET('/api/v1/accounts', { params: { query } }))).items;
    },
    enabled: customerId !== '',
    // An account that is being opened or frozen shows its new state soon.
    refetchInterval: (query) => (query.state.data?.some(isOnItsWay) ? 1_000 : false),
  });
}
