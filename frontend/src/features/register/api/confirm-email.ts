import { answer, api } from '@/lib/api/client';

export function confirmEmail(email: string, code: string) {
  return answer(api.POST('/api/v1/auth/email/confirm', { body: { email, code } }));
}
