import { answer, api } from '@/lib/api/client';

/** Sign in with what was just registered. */
export function enter(email: string, password: string) {
  return answer(api.POST('/api/v1/auth/login', { body: { email, password } }));
}
