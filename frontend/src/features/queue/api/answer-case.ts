import { answer, api } from '@/lib/api/client';

/** Write to the customer, or (internal) to one's colleagues only. */
export function answerCase(ticketId: string, text: string, internal: boolean) {
  const params = { path: { ticket_id: ticketId } };
  return answer(api.POST('/api/v1/tickets/{ticket_id}/messages', { params, body: { text, internal } }));
}
