import { answer, api, type Schemas } from '@/lib/api/client';

export function changePassword(body: Schemas['PasswordChangeRequest']) {
  return answer(api.POST('/api/v1/auth/password/change', { body }));
}
