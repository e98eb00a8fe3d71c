import { answer, api, type Schemas } from '@/lib/api/client';

/** Say how the resolution was, from 1 to 5. */
export function rateTicket(ticketId: string, body: Schemas['SupportRateRequest']) {
  return answer(api.POST('/api/v1/tickets/{ticket_id}/rate', { params: { path: { ticket_id: ticketId } }, body }));
}
