import { answer, api } from '@/lib/api/client';
import type { Account } from '@/lib/bank/accounts';

/** Give the account another name, unless somebody changed it first. */
export function renameAccount(account: Account, nickname: string) {
  const body = { nickname: nickname || null, version: account.version };
  return answer(api.PATCH('/api/v1/accounts/{account_id}', { params: { path: { account_id: account.id } }, body }));
}
