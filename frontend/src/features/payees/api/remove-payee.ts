import { answer, api } from '@/lib/api/client';

/** Take a payee off the list; for a while it can be put back. */
export function removePayee(payeeId: string) {
  return answer(api.DELETE('/api/v1/payees/{payee_id}', { params: { path: { payee_id: payeeId } } }));
}
