import { infiniteQueryOptions } from '@tanstack/react-query';
import { answer, api, type Schemas } from '@/lib/api/client';

const PAGE = 200;

export type MovementFilter = {
  q?: string | undefined;
  type?: Schemas['TransactionAnswer']['type'] | undefined;
  from?: string | undefined;
  to?: string | undefined;
};

/** An account's movements, newest first, a page at a time. What is new is asked for apart, so no page is asked twice. */
export function movementsQuery(accountId: string, filter: MovementFilter) {
  return infiniteQueryOptions({
    queryKey: ['movements', accountId, filter],
    queryFn: ({ pageParam }) => {
      const given = Object.fromEntries(Object.entries(filter).filter(([, value]) => value));
      const query = { account_id: accountId, limit: PAGE, ...given, ...(pageParam ? { after: pageParam } : {}) };
      return answer(api.GET('/api/v1/transactions', { params: { query } }));
    },
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
}
