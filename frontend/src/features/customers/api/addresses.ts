import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '@/lib/api/client';

export function addressesQuery(customerId: string) {
  return queryOptions({
    queryKey: ['customers', customerId, 'addresses'],
    queryFn: async () => {
      const params = { path: { customer_id: customerId }, query: { masked: true } };
      return (await answer(api.GET('/api/v1/customers/{customer_id}/addresses', { params }))).items;
    },
  });
}
