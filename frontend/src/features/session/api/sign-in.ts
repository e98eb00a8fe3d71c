import { answer, api, type Schemas } from '@/lib/api/client';

/** Sign in at this browser: the session comes back in cookies that no script can read. */
export function signIn(body: Schemas['LoginRequest']) {
  return answer(api.POST('/api/v1/auth/login', { body }));
}
