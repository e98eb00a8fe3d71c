import { answer, api, type Schemas } from '@/lib/api/client';
import { pagesOf } from '@/lib/api/pages';

export const queues = ['pending', 'mine', 'unassigned', 'warned', 'breached', 'resolved', 'all'] as const;
export type Queue = (typeof queues)[number];

/** The tickets of one queue of the desk, or those that a search finds. */
export function casesQuery(queue: Queue, q: string) {
  return pagesOf<Schemas['TicketAnswer']>(['tickets', 'queue', queue, q], (wish) =>
    answer(api.GET('/api/v1/tickets', { params: { query: { queue, ...(q ? { q } : {}), ...wish } } })),
  );
}
