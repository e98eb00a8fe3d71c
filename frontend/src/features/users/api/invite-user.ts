import { answer, api, type Schemas } from '@/lib/api/client';

export function inviteUser(body: Schemas['InvitationRequest']) {
  return answer(api.POST('/api/v1/users', { body }));
}
