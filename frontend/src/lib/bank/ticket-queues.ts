import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '@/lib/api/client';

/** How many tickets stand in each queue of the support desk. */
export const ticketQueuesQuery = queryOptions({
  queryKey: ['tickets', 'queues'],
  queryFn: () => answer(api.GET('/api/v1/tickets/queues', {})),
  refetchInterval: 15_000,
});
