import { answer, api, type Schemas } from '@/lib/api/client';

/** Add an address of a kind; it is the present one from its day on. */
export function addAddress(body: Schemas['NewAddressRequest'], key: string) {
  return answer(
    api.POST('/api/v1/customers/{customer_id}/addresses', {
      params: { path: { customer_id: 'me' }, header: { 'Idempotency-Key': key } },
      body,
    }),
  );
}
