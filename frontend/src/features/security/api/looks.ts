import { infiniteQueryOptions } from '@tanstack/react-query';
import { answer, api } from '@/lib/api/client';

/** When somebody of the bank looked at this customer's data, newest first. */
export const looksQuery = infiniteQueryOptions({
  queryKey: ['looks'],
  queryFn: ({ pageParam }) => {
    const query = { limit: 15, ...(pageParam ? { after: pageParam } : {}) };
    return answer(api.GET('/api/v1/customers/me/views', { params: { query } }));
  },
  initialPageParam: '',
  getNextPageParam: (last) => last.next ?? undefined,
});
