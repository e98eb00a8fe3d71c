import { answer, api } from '@/lib/api/client';
import type { Order } from '../order';

function bodyOf(order: Order) {
  const payee = order.toAccountId
    ? { to_account_id: order.toAccountId }
    : { to_account_number: order.toAccountNumber ?? '' };
  return {
    from_account_id: order.fromAccountId,
    ...payee,
    amount_minor: order.amountMinor,
    currency: order.currency,
    description: order.description,
  };
}

/** Move the money, once per key. `trial` only asks whether it would be booked. */
export function bookTransfer(order: Order, { trial = false, stepUp }: { trial?: boolean; stepUp?: string } = {}) {
  const headers = { ...(trial ? {} : { 'Idempotency-Key': order.key }), ...(stepUp ? { 'Step-Up': stepUp } : {}) };
  const query = trial ? { dry_run: true } : {};
  return answer(api.POST('/api/v1/transfers', { params: { query }, headers, body: bodyOf(order) }));
}
