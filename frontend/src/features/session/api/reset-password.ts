import { answer, api, type Schemas } from '@/lib/api/client';

export function resetPassword(body: Schemas['PasswordResetRequest']) {
  return answer(api.POST('/api/v1/auth/password/reset', { body }));
}
