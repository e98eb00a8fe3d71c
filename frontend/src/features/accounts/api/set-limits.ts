import { answer, api, type Schemas } from '@/lib/api/client';

/** Set one's own limits: lower ones hold at once, higher ones in 24 hours of the bank's clock. */
export async function setLimits(accountId: string, limits: Schemas['LimitsRequest'], key: string) {
  const set = await answer(
    api.PUT('/api/v1/accounts/{account_id}/limits', {
      params: { path: { account_id: accountId }, header: { 'Idempotency-Key': key } },
      body: limits,
    }),
  );
  if ('approval' in set) throw new Error('Limits of an owner do not wait for a second person.');
  return set;
}
