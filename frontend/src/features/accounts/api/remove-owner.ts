import { answer, api } from '@/lib/api/client';

/** Ask that an owner leaves, perhaps oneself; all owners sign it. */
export function removeOwner(accountId: string, customerId: string) {
  return answer(
    api.DELETE('/api/v1/accounts/{account_id}/owners/{customer_id}', {
      params: { path: { account_id: accountId, customer_id: customerId } },
    }),
  );
}
