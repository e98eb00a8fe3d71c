import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '@/lib/api/client';

/** Facts and mails that could not be worked off, of every service that answers. */
export const deadLettersQuery = queryOptions({
  queryKey: ['dead-letters'],
  queryFn: () => answer(api.GET('/api/v1/dead-letters', { params: { query: { limit: 200 } } })),
  refetchInterval: 30_000,
});
