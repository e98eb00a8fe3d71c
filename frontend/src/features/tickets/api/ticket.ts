import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '@/lib/api/client';

const ASK_MS = 5_000;

/** One ticket with its thread; it is asked for again while it is looked at, so replies appear. */
export function ticketQuery(ticketId: string) {
  return queryOptions({
    queryKey: ['tickets', ticketId],
    queryFn: () => answer(api.GET('/api/v1/tickets/{ticket_id}', { params: { path: { ticket_id: ticketId } } })),
    refetchInterval: ASK_MS,
  });
}
