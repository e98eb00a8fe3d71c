import { answer, api, type Schemas } from '@/lib/api/client';
import { pagesOf } from '@/lib/api/pages';

/** The statements of an account, also of one that is closed. */
export function contractStatementsQuery(accountId: string) {
  return pagesOf<Schemas['StatementItem']>(['statements', accountId], (wish) =>
    answer(api.GET('/api/v1/statements', { params: { query: { account_id: accountId, ...wish } } })),
  );
}
