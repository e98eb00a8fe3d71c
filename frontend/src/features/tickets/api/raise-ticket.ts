import { answer, api, type Schemas } from '@/lib/api/client';

export function raiseTicket(body: Schemas['TicketRequest'], key: string) {
  return answer(api.POST('/api/v1/tickets', { headers: { 'Idempotency-Key': key }, body }));
}
