import { answer, api } from '@/lib/api/client';

/** Close the account for good; what is left on it goes to another own account. */
export function closeAccount(accountId: string, payoutAccountId: string | null, key: string) {
  return answer(
    api.POST('/api/v1/accounts/{account_id}/close', {
      params: { path: { account_id: accountId }, header: { 'Idempotency-Key': key } },
      body: payoutAccountId ? { payout_account_id: payoutAccountId } : {},
    }),
  );
}
