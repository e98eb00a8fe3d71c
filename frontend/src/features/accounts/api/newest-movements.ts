import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '@/lib/api/client';
import type { MovementFilter } from './movements-of';

const NEWEST = 50;

/** The newest movements alone: asked for again whenever the bank says that something moved. */
export function newestMovementsQuery(accountId: string, filter: MovementFilter) {
  return queryOptions({
    queryKey: ['transactions', accountId, 'newest', filter],
    queryFn: async () => {
      const given = Object.fromEntries(Object.entries(filter).filter(([, value]) => value));
      const query = { account_id: accountId, limit: NEWEST, ...given };
      return (await answer(api.GET('/api/v1/transactions', { params: { query } }))).items;
    },
  });
}
