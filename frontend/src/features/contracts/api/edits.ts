import { answer, api, type Schemas } from '@/lib/api/client';
import { pagesOf } from '@/lib/api/pages';

/** What was changed on the account, by whom and why. */
export function editsQuery(accountId: string) {
  return pagesOf<Schemas['AccountsEditAnswer']>(['accounts', 'staff', accountId, 'edits'], (query) =>
    answer(api.GET('/api/v1/accounts/{account_id}/history', { params: { path: { account_id: accountId }, query } })),
  );
}
