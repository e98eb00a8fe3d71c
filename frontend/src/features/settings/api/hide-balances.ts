import { answer, api } from '@/lib/api/client';

export function hideBalances(hides: boolean) {
  return answer(api.PUT('/api/v1/auth/privacy', { body: { hides_balance: hides } }));
}
