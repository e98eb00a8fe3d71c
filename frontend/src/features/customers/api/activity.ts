import { answer, api, type Schemas } from '@/lib/api/client';
import { pagesOf } from '@/lib/api/pages';

/** What moved on one account, the newest first. */
export function activityQuery(accountId: string) {
  return pagesOf<Schemas['TransactionAnswer']>(['transactions', 'of', accountId], (wish) =>
    answer(api.GET('/api/v1/transactions', { params: { query: { account_id: accountId, ...wish } } })),
  );
}
