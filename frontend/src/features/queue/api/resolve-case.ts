import { answer, api } from '@/lib/api/client';

export function resolveCase(ticketId: string, resolution: string) {
  const params = { path: { ticket_id: ticketId } };
  return answer(api.POST('/api/v1/tickets/{ticket_id}/resolve', { params, body: { resolution } }));
}
