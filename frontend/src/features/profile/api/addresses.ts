import { queryOptions } from '@tanstack/react-query';
import { answer, api, type Schemas } from '@/lib/api/client';

export type Address = Schemas['AddressHistoryAnswer'];

/** Every address the person has and had. */
export const addressesQuery = queryOptions({
  queryKey: ['customer', 'me', 'addresses'],
  queryFn: async () => {
    const path = { customer_id: 'me' };
    return (await answer(api.GET('/api/v1/customers/{customer_id}/addresses', { params: { path } }))).items;
  },
});
