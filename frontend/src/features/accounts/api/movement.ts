import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '@/lib/api/client';

export function movementQuery(transactionId: string) {
  return queryOptions({
    queryKey: ['transactions', 'one', transactionId],
    queryFn: () =>
      answer(api.GET('/api/v1/transactions/{transaction_id}', { params: { path: { transaction_id: transactionId } } })),
  });
}
