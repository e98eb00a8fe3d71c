import { answer, api } from '@/lib/api/client';

/** Freeze everything that leaves the account, at once. */
export function freezeAccount(accountId: string) {
  return answer(
    api.POST('/api/v1/accounts/{account_id}/freeze', {
      params: { path: { account_id: accountId } },
      body: { freeze: 'debit' },
    }),
  );
}
