import { answer, api, type Schemas } from '@/lib/api/client';

/** Set a customer's limits: lower ones hold at once, higher ones once a second person has agreed. */
export function setContractLimits(accountId: string, body: Schemas['LimitsRequest'], key: string) {
  return answer(
    api.PUT('/api/v1/accounts/{account_id}/limits', {
      params: { path: { account_id: accountId }, header: { 'Idempotency-Key': key } },
      body,
    }),
  );
}
