import { answer, api } from '@/lib/api/client';

export function unfreezeContract(accountId: string, reason: string) {
  const params = { path: { account_id: accountId } };
  return answer(api.POST('/api/v1/accounts/{account_id}/unfreeze', { params, body: { reason } }));
}
