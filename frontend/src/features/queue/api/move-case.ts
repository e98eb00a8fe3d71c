import { answer, api } from '@/lib/api/client';
import type { BoardStatus } from '../board';

/** Take a step with the ticket; whoever read an older state is refused. */
export function moveCase(ticketId: string, status: BoardStatus, version: number) {
  const params = { path: { ticket_id: ticketId } };
  return answer(api.PATCH('/api/v1/tickets/{ticket_id}', { params, body: { status, version } }));
}
