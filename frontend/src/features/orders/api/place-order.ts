import { answer, api, type Schemas } from '@/lib/api/client';

export type OrderWish = Schemas['OrderRequest'];

/** Order a transfer that repeats; the key makes a second try the same order. */
export function placeOrder(body: OrderWish, key: string, stepUp?: string) {
  const headers = { 'Idempotency-Key': key, ...(stepUp ? { 'Step-Up': stepUp } : {}) };
  return answer(api.POST('/api/v1/standing-orders', { headers, body }));
}
