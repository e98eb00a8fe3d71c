import { answer, api, type Schemas } from '@/lib/api/client';

/** Open an account; the key makes a second try the same account. */
export function openAccount(body: Schemas['AccountRequest'], key: string) {
  return answer(api.POST('/api/v1/accounts', { params: { header: { 'Idempotency-Key': key } }, body }));
}
