import { answer, api, type Schemas } from '@/lib/api/client';

export type Registered = Schemas['RegistrationAnswer'] | { status: 'confirm-email' };

/** Become a customer; the key makes a second try the same registration. */
export function register(body: Schemas['CustomerRequest'], key: string): Promise<Registered> {
  return answer(api.POST('/api/v1/customers', { headers: { 'Idempotency-Key': key }, body }));
}
