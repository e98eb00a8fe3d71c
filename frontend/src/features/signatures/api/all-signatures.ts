import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '@/lib/api/client';
import type { Cosignature } from '@/lib/bank/cosignatures';

const MOST_PAGES = 10;

/** All that waits or waited, the newest first; the bank lists the oldest first, so all pages are read. */
export const allSignaturesQuery = queryOptions({
  queryKey: ['accounts', 'signatures', 'all'],
  queryFn: async () => {
    const found: Cosignature[] = [];
    let after: string | undefined;
    for (let pages = 0; pages < MOST_PAGES; pages += 1) {
      const query = { limit: 200, ...(after ? { after } : {}) };
      const page = await answer(api.GET('/api/v1/cosignatures', { params: { query } }));
      found.push(...page.items);
      if (!page.next) break;
      after = page.next;
    }
    return found.reverse();
  },
});
