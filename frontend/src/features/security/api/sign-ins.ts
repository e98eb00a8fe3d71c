import { infiniteQueryOptions } from '@tanstack/react-query';
import { answer, api } from '@/lib/api/client';

/** Sign-ins, sign-outs and failed tries, newest first. */
export const signInsQuery = infiniteQueryOptions({
  queryKey: ['sign-ins'],
  queryFn: ({ pageParam }) => {
    const query = { limit: 15, ...(pageParam ? { after: pageParam } : {}) };
    return answer(api.GET('/api/v1/auth/events', { params: { query } }));
  },
  initialPageParam: '',
  getNextPageParam: (last) => last.next ?? undefined,
});
