import { answer, api } from '@/lib/api/client';
import type { Order } from '../order';

/** Deposit or withdraw, once per key. */
export function bookCash(order: Order, { stepUp }: { stepUp?: string } = {}) {
  const body = {
    account_id: order.fromAccountId,
    amount_minor: order.amountMinor,
    currency: order.currency,
    description: order.description,
  };
  const options = { headers: { 'Idempotency-Key': order.key, ...(stepUp ? { 'Step-Up': stepUp } : {}) }, body };
  return answer(
    order.kind === 'deposit' ? api.POST('/api/v1/deposits', options) : api.POST('/api/v1/withdrawals', options),
  );
}
