import { answer, api } from '@/lib/api/client';

export function removeAuthenticator(stepUp?: string) {
  return answer(api.DELETE('/api/v1/auth/totp', { headers: stepUp ? { 'Step-Up': stepUp } : {} }));
}
