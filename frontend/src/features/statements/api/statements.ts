import { infiniteQueryOptions } from '@tanstack/react-query';
import { answer, api, type Schemas } from '@/lib/api/client';

export type Statement = Schemas['StatementItem'];

const ASK_MS = 2_000;

/** An account's statements, the newest first; while one is being made it is asked for again. */
export function statementsQuery(accountId: string) {
  return infiniteQueryOptions({
    queryKey: ['statements', accountId],
    queryFn: ({ pageParam }) => {
      const query = { account_id: accountId, limit: 25, ...(pageParam ? { after: pageParam } : {}) };
      return answer(api.GET('/api/v1/statements', { params: { query } }));
    },
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    enabled: accountId !== '',
    refetchInterval: (query) =>
      query.state.data?.pages.some((page) => page.items.some((one) => one.status === 'pending')) ? ASK_MS : false,
  });
}
