import { queryOptions } from '@tanstack/react-query';
import { answer, api, type Schemas } from '@/lib/api/client';

export type Customer = Schemas['CustomerAnswer'];

export const meQuery = queryOptions({
  queryKey: ['customer', 'me'],
  queryFn: () => answer(api.GET('/api/v1/customers/me')),
});
