import { answer, api, type Schemas } from '@/lib/api/client';
import { pagesOf } from '@/lib/api/pages';

export type Line = Schemas['TransactionsLineAnswer'];

/** Every line of one statement with the entry it was matched to. */
export function linesQuery(id: string) {
  return pagesOf<Line>(['reconciliations', id, 'lines'], (query) =>
    answer(
      api.GET('/api/v1/reconciliations/{reconciliation_id}/lines', {
        params: { path: { reconciliation_id: id }, query },
      }),
    ),
  );
}
