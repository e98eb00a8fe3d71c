import { answer, api } from '@/lib/api/client';

/** Ask that owners sign alone (`either`) or all together (`both`); all owners sign it. */
export function changeMandate(accountId: string, mandate: 'either' | 'both') {
  return answer(
    api.PUT('/api/v1/accounts/{account_id}/mandate', {
      params: { path: { account_id: accountId } },
      body: { mandate },
    }),
  );
}
