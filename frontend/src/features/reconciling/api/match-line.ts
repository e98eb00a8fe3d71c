import { answer, api } from '@/lib/api/client';

export function matchLine(id: string, line: number, transactionId: string, reason: string) {
  const params = { path: { reconciliation_id: id, line } };
  const body = { transaction_id: transactionId, reason };
  return answer(api.POST('/api/v1/reconciliations/{reconciliation_id}/lines/{line}/match', { params, body }));
}
