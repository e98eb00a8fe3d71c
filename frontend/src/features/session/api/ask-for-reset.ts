import { answer, api } from '@/lib/api/client';

/** Ask for a code to the address, if it is known; the answer does not tell whether it is. */
export function askForReset(email: string) {
  return answer(api.POST('/api/v1/auth/password/forgot', { body: { email } }));
}
