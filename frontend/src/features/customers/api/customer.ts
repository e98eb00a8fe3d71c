import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '@/lib/api/client';

/** A customer with their personal data masked; all of them are shown for a reason (`unmask-customer`). */
export function customerQuery(customerId: string) {
  return queryOptions({
    queryKey: ['customers', customerId],
    queryFn: () => {
      const params = { path: { customer_id: customerId }, query: { masked: true } };
      return answer(api.GET('/api/v1/customers/{customer_id}', { params }));
    },
  });
}
