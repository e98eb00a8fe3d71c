import { infiniteQueryOptions } from '@tanstack/react-query';
import { answer, api, type Schemas } from '@/lib/api/client';

export type Item = Schemas['NotificationAnswer'];

export const wholeInboxQuery = infiniteQueryOptions({
  queryKey: ['inbox', 'all'],
  queryFn: ({ pageParam }) => {
    const query = { limit: 30, ...(pageParam ? { after: pageParam } : {}) };
    return answer(api.GET('/api/v1/notifications', { params: { query } }));
  },
  initialPageParam: '',
  getNextPageParam: (last) => last.next ?? undefined,
});
