import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '@/lib/api/client';

/** The newest of the inbox and how many are unread. */
export const inboxQuery = queryOptions({
  queryKey: ['inbox', 'newest'],
  queryFn: () => answer(api.GET('/api/v1/notifications', { params: { query: { limit: 5 } } })),
});
