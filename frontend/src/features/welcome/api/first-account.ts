import { answer, api, type Schemas } from '@/lib/api/client';

/** Open the account of a customer, with what was put on the counter; with the same key it is opened once. */
export function firstAccount(body: Schemas['AccountRequest'], key: string) {
  const params = { header: { 'Idempotency-Key': key } };
  return answer(api.POST('/api/v1/accounts', { params, body }));
}
