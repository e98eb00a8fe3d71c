import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '@/lib/api/client';

/** One order with what has come about of it. */
export function orderQuery(orderId: string) {
  return queryOptions({
    queryKey: ['orders', 'one', orderId],
    queryFn: () => answer(api.GET('/api/v1/standing-orders/{order_id}', { params: { path: { order_id: orderId } } })),
  });
}
