import { answer, api } from '@/lib/api/client';
import type { DeskOrder } from '../desk-order';

export function bookDeposit({ accountId, amountMinor, currency, description, key }: DeskOrder) {
  const body = { account_id: accountId, amount_minor: amountMinor, currency, description };
  return answer(api.POST('/api/v1/deposits', { headers: { 'Idempotency-Key': key }, body }));
}
