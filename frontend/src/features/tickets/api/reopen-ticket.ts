import { answer, api } from '@/lib/api/client';

export function reopenTicket(ticketId: string) {
  return answer(
    api.POST('/api/v1/tickets/{ticket_id}/reopen', { params: { path: { ticket_id: ticketId } }, body: {} }),
  );
}
