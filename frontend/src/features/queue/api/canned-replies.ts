import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '@/lib/api/client';

/** Answers that the desk keeps ready. */
export const cannedRepliesQuery = queryOptions({
  queryKey: ['canned-replies'],
  queryFn: async () => (await answer(api.GET('/api/v1/canned-replies', { params: { query: { limit: 200 } } }))).items,
  staleTime: 60_000,
});
