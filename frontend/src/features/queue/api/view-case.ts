import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '@/lib/api/client';

/** Say that one has the ticket open, and hear who else has. */
export function viewCaseQuery(ticketId: string) {
  return queryOptions({
    queryKey: ['viewing', ticketId],
    queryFn: () => {
      const params = { path: { ticket_id: ticketId } };
      return answer(api.POST('/api/v1/tickets/{ticket_id}/viewing', { params, body: {} }));
    },
    refetchInterval: 20_000,
    gcTime: 0,
  });
}
