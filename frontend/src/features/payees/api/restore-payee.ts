import { answer, api } from '@/lib/api/client';

/** Put a removed payee back. */
export function restorePayee(payeeId: string) {
  return answer(api.POST('/api/v1/payees/{payee_id}/restore', { params: { path: { payee_id: payeeId } } }));
}
