import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '@/lib/api/client';

/** One entry with all of its postings. */
export function transactionQuery(transactionId: string) {
  return queryOptions({
    queryKey: ['transactions', 'one', transactionId],
    queryFn: () => {
      const params = { path: { transaction_id: transactionId } };
      return answer(api.GET('/api/v1/transactions/{transaction_id}', { params }));
    },
  });
}
