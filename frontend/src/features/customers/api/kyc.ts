import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '@/lib/api/client';

/** How well the bank knows the person, and every step on the way there. */
export function kycQuery(customerId: string) {
  return queryOptions({
    queryKey: ['customers', customerId, 'kyc'],
    queryFn: () => {
      const params = { path: { customer_id: customerId } };
      return answer(api.GET('/api/v1/customers/{customer_id}/kyc', { params }));
    },
  });
}
