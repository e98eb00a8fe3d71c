import { answer, api, type Schemas } from '@/lib/api/client';

/** Invite somebody to own the account, too; the bank asks who one is, and answers alike whoever the address is of. */
export function inviteOwner(accountId: string, body: Schemas['OwnerRequest'], key: string, stepUp?: string) {
  return answer(
    api.POST('/api/v1/accounts/{account_id}/owners', {
      params: { path: { account_id: accountId }, header: { 'Idempotency-Key': key } },
      headers: stepUp ? { 'Step-Up': stepUp } : {},
      body,
    }),
  );
}
