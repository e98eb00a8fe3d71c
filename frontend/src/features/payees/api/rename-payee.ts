import { answer, api } from '@/lib/api/client';
import type { Payee } from '@/lib/bank/payees';

/** Give a payee a name of one's own, unless somebody changed it first. */
export function renamePayee(payee: Payee, nickname: string) {
  const body = { nickname: nickname || null, version: payee.version };
  return answer(api.PATCH('/api/v1/payees/{payee_id}', { params: { path: { payee_id: payee.id } }, body }));
}
