import { answer, api, type Schemas } from '@/lib/api/client';
import { pagesOf } from '@/lib/api/pages';

/** The tickets of one customer, the newest first. */
export function customerTicketsQuery(customerId: string) {
  return pagesOf<Schemas['TicketAnswer']>(['tickets', 'customer', customerId], (wish) =>
    answer(api.GET('/api/v1/tickets', { params: { query: { customer_id: customerId, ...wish } } })),
  );
}
