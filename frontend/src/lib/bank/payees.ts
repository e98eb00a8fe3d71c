import { queryOptions } from '@tanstack/react-query';
import { answer, api, type Schemas } from '@/lib/api/client';

export type Payee = Schemas['PayeeAnswer'];

/** Everybody the person pays, page by page. */
export const payeesQuery = queryOptions({
  queryKey: ['payees'],
  queryFn: async () => {
    const found: Payee[] = [];
    let after: string | null | undefined;
    do {
      const query = { limit: 200, ...(after ? { after } : {}) };
      const page = await answer(api.GET('/api/v1/payees', { params: { query } }));
      found.push(...page.items);
      after = page.next;
    } while (after);
    return found;
  },
});
