import { answer, api, type Schemas } from '@/lib/api/client';

/** Make somebody a customer; where the bank confirms e-mail addresses it says only that a mail has gone out. */
export function newCustomer(body: Schemas['CustomerRequest'], key: string) {
  return answer(api.POST('/api/v1/customers', { headers: { 'Idempotency-Key': key }, body }));
}
