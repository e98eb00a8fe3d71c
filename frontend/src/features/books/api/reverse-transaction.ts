import { answer, api } from '@/lib/api/client';

/** Undo an entry by another one; with the same key it happens once. */
export function reverseTransaction(transactionId: string, reason: string, key: string) {
  const params = { path: { transaction_id: transactionId } };
  const headers = { 'Idempotency-Key': key };
  return answer(api.POST('/api/v1/transactions/{transaction_id}/reverse', { params, headers, body: { reason } }));
}
