import { answer, api } from '@/lib/api/client';

/** Give the ticket to somebody; to oneself when nobody is named. */
export function takeCase(ticketId: string, assignee: string | null) {
  const params = { path: { ticket_id: ticketId } };
  const body = assignee ? { assignee_user_id: assignee } : {};
  return answer(api.POST('/api/v1/tickets/{ticket_id}/assign', { params, body }));
}
