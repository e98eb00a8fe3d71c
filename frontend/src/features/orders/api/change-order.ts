import { answer, api, type Schemas } from '@/lib/api/client';
import type { StandingOrder } from './orders';

/** Change, pause or go on, unless somebody changed it first. */
export function changeOrder(order: StandingOrder, change: Schemas['OrderPatch'], stepUp?: string) {
  return answer(
    api.PATCH('/api/v1/standing-orders/{order_id}', {
      params: { path: { order_id: order.id } },
      headers: stepUp ? { 'Step-Up': stepUp } : {},
      body: { ...change, version: order.version },
    }),
  );
}
