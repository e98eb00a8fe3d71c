import { answer, api } from '@/lib/api/client';

export function closeContract(accountId: string, reason: string, key: string) {
  const params = { path: { account_id: accountId }, header: { 'Idempotency-Key': key } };
  return answer(api.POST('/api/v1/accounts/{account_id}/close', { params, body: { reason } }));
}
