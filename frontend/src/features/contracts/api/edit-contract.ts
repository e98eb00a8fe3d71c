import { answer, api, type Schemas } from '@/lib/api/client';

export function editContract(accountId: string, body: Schemas['AccountChange']) {
  const params = { path: { account_id: accountId } };
  return answer(api.PATCH('/api/v1/accounts/{account_id}', { params, body }));
}
