import { answer, api } from '@/lib/api/client';
import type { DeskOrder } from '../desk-order';

export function bookDeskTransfer(order: DeskOrder, stepUp?: string) {
  const body = {
    from_account_id: order.accountId,
    to_account_number: order.payeeNumber ?? '',
    amount_minor: order.amountMinor,
    currency: order.currency,
    description: order.description,
  };
  const headers = { 'Idempotency-Key': order.key, ...(stepUp ? { 'Step-Up': stepUp } : {}) };
  return answer(api.POST('/api/v1/transfers', { headers, body }));
}
