import { answer, api } from '@/lib/api/client';

/** Ask for a code by e-mail: the proof of whoever has no authenticator. */
export function mailCode() {
  return answer(api.POST('/api/v1/auth/code'));
}
