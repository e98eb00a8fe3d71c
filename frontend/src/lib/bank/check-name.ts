import { answer, api } from '@/lib/api/client';

/** Ask whether the account belongs to who is meant. */
export function checkName(accountNumber: string, name: string) {
  return answer(api.POST('/api/v1/accounts/lookup', { body: { account_number: accountNumber, name } }));
}
