import { answer, api } from '@/lib/api/client';

/** Begin to set an authenticator up; needs an approval first. */
export function setUpAuthenticator(stepUp?: string) {
  return answer(api.POST('/api/v1/auth/totp', { headers: stepUp ? { 'Step-Up': stepUp } : {} }));
}
