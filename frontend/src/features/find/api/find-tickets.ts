import { answer, api } from '@/lib/api/client';

/** Tickets by their number or words of their subject. */
export async function findTickets(q: string) {
  return (await answer(api.GET('/api/v1/tickets', { params: { query: { q, limit: 20 } } }))).items;
}
