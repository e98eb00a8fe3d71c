import { answer, api } from '@/lib/api/client';

/** Lift one's own freeze; the bank asks who one is. */
export function unfreezeAccount(accountId: string, stepUp?: string) {
  return answer(
    api.POST('/api/v1/accounts/{account_id}/unfreeze', {
      params: { path: { account_id: accountId } },
      headers: stepUp ? { 'Step-Up': stepUp } : {},
      body: {},
    }),
  );
}
