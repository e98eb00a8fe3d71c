import { answer, api } from '@/lib/api/client';
import { proofOf } from '@/lib/bank/privacy';

/** To hide balances no more the password is needed, or a code. */
export function hideBalances({ hides, typed }: { hides: boolean; typed?: string }) {
  const proof = typed === undefined ? {} : proofOf(typed);
  return answer(api.PUT('/api/v1/auth/privacy', { body: { hides_balance: hides, ...proof } }));
}
