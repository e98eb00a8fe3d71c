import { answer, api, type Schemas } from '@/lib/api/client';
import { pagesOf } from '@/lib/api/pages';

/** What is or was set aside on the account. */
export function holdsQuery(accountId: string) {
  return pagesOf<Schemas['HoldAnswer']>(['holds', accountId], (wish) =>
    answer(api.GET('/api/v1/holds', { params: { query: { account_id: accountId, ...wish } } })),
  );
}
