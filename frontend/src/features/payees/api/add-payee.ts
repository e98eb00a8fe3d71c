import { answer, api, type Schemas } from '@/lib/api/client';

/** Keep somebody one pays; the key makes a second try the same payee. */
export function addPayee(body: Schemas['PayeeRequest'], key: string) {
  return answer(api.POST('/api/v1/payees', { params: { header: { 'Idempotency-Key': key } }, body }));
}
