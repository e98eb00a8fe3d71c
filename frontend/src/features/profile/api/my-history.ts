import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '@/lib/api/client';

/** Who changed what of the customer's details, newest first. */
export const myHistoryQuery = queryOptions({
  queryKey: ['customer', 'me', 'history'],
  queryFn: async () =>
    (await answer(api.GET('/api/v1/customers/me/history', { params: { query: { limit: 20 } } }))).items,
});
