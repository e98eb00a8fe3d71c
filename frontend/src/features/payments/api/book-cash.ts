import { answer, api } from '@/lib/api/client';
import type { Order } from '../order';

/** Deposit or withdraw, once per key. Only cash at a desk waits for a second person; an owner's is booked at once. */
export async function bookCash(order: Order, { stepUp }: { stepUp?: string } = {}) {
  const body = {
    account_id: order.fromAccountId,
    amount_minor: order.amountMinor,
    currency: order.currency,
    description: order.description,
  };
  const options = { headers: { 'Idempotency-Key': order.key, ...(stepUp ? { 'Step-Up': stepUp } : {}) }, body };
  const booked = await answer(
    order.kind === 'deposit' ? api.POST('/api/v1/deposits', options) : api.POST('/api/v1/withdrawals', options),
  );
  if ('approval' in booked) throw new Error('Cash of an owner does not wait for a second person.');
  return booked;
}
