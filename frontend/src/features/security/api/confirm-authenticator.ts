import { answer, api } from '@/lib/api/client';

export function confirmAuthenticator(code: string) {
  return answer(api.POST('/api/v1/auth/totp/confirm', { body: { code } }));
}
