import { queryOptions } from '@tanstack/react-query';
import { answer, api, type Schemas } from '@/lib/api/client';

type Transaction = Schemas['TransactionAnswer'];
const DAYS = 30;
const PAGES = 5;

/** Every movement of the last 30 days, up to a thousand of them. */
export const flowOfMonthQuery = queryOptions({
  queryKey: ['transactions', 'flow'],
  queryFn: async () => {
    const from = new Date(Date.now() - DAYS * 86_400_000).toISOString().slice(0, 10);
    const found: Transaction[] = [];
    let after: string | undefined;
    for (let page = 0; page < PAGES; page += 1) {
      const query = { from, limit: 200, ...(after ? { after } : {}) };
      const { items, next } = await answer(api.GET('/api/v1/transactions', { params: { query } }));
      found.push(...items);
      if (!next) break;
      after = next;
    }
    return found;
  },
  staleTime: 60_000,
});
