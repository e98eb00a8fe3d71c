import { answer, api, type Schemas } from '@/lib/api/client';
import { pagesOf } from '@/lib/api/pages';

/** What was known of each account when it was closed. */
export function archiveQuery() {
  return pagesOf<Schemas['ClosedAccountAnswer']>(['closed-accounts'], (query) =>
    answer(api.GET('/api/v1/closed-accounts', { params: { query } })),
  );
}
