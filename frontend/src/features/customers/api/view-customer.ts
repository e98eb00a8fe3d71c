import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '@/lib/api/client';

/** Say that one has the customer open, and hear who else has. */
export function viewCustomerQuery(customerId: string) {
  return queryOptions({
    queryKey: ['viewing', customerId],
    queryFn: () => {
      const params = { path: { customer_id: customerId } };
      return answer(api.POST('/api/v1/customers/{customer_id}/viewing', { params, body: {} }));
    },
    refetchInterval: 20_000,
    gcTime: 0,
  });
}
