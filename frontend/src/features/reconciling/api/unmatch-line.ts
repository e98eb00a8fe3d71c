import { answer, api } from '@/lib/api/client';

export function unmatchLine(id: string, line: number) {
  const params = { path: { reconciliation_id: id, line } };
  return answer(api.DELETE('/api/v1/reconciliations/{reconciliation_id}/lines/{line}/match', { params }));
}
