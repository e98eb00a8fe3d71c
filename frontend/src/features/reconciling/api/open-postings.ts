import { answer, api, type Schemas } from '@/lib/api/client';
import { pagesOf } from '@/lib/api/pages';

/** What the ledger has and the statement has not. */
export function openPostingsQuery(id: string) {
  return pagesOf<Schemas['OpenPostingAnswer']>(['reconciliations', id, 'postings'], (query) =>
    answer(
      api.GET('/api/v1/reconciliations/{reconciliation_id}/unmatched-postings', {
        params: { path: { reconciliation_id: id }, query },
      }),
    ),
  );
}
