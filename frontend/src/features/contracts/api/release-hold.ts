import { answer, api } from '@/lib/api/client';

/** Give back what is set aside; a hold is released once, whatever the key. */
export function releaseHold(holdId: string, reason: string, key: string) {
  const params = { path: { hold_id: holdId } };
  const headers = { 'Idempotency-Key': key };
  return answer(api.POST('/api/v1/holds/{hold_id}/release', { params, headers, body: { reason } }));
}
