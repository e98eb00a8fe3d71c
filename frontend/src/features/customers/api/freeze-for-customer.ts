import { answer, api } from '@/lib/api/client';

export function freezeForCustomer(accountId: string, reason: string) {
  const params = { path: { account_id: accountId } };
  return answer(api.POST('/api/v1/accounts/{account_id}/freeze', { params, body: { reason } }));
}
