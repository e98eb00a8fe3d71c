import { answer, api } from '@/lib/api/client';

/** End an order for good; what came about of it stays booked. */
export function cancelOrder(orderId: string) {
  return answer(api.DELETE('/api/v1/standing-orders/{order_id}', { params: { path: { order_id: orderId } } }));
}
