import { answer, api, type Schemas } from '@/lib/api/client';
import { pagesOf } from '@/lib/api/pages';

export type Reconciliation = Schemas['ReconciliationSummary'];

/** Statements of the clearing bank that were compared with the ledger. */
export function reconciliationsQuery() {
  return pagesOf<Reconciliation>(['reconciliations'], async (query) => {
    const { items, next } = await answer(api.GET('/api/v1/reconciliations', { params: { query } }));
    return { items, next };
  });
}
