import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '@/lib/api/client';

/** One ticket as the desk sees it, with internal notes. */
export function caseQuery(ticketId: string) {
  return queryOptions({
    queryKey: ['tickets', 'case', ticketId],
    queryFn: () => answer(api.GET('/api/v1/tickets/{ticket_id}', { params: { path: { ticket_id: ticketId } } })),
    refetchInterval: 15_000,
  });
}
