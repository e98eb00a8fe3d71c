import { answer, api } from '@/lib/api/client';

export function findTransaction(transactionId: string) {
  const params = { path: { transaction_id: transactionId } };
  return answer(api.GET('/api/v1/transactions/{transaction_id}', { params }));
}
