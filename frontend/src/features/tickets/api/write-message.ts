import { answer, api } from '@/lib/api/client';

export function writeMessage(ticketId: string, text: string) {
  const params = { path: { ticket_id: ticketId } };
  return answer(api.POST('/api/v1/tickets/{ticket_id}/messages', { params, body: { text } }));
}
