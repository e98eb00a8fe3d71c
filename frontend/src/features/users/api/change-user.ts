import { answer, api, type Schemas } from '@/lib/api/client';

export function changeUser(userId: string, body: Schemas['ChangeUserRequest']) {
  return answer(api.PATCH('/api/v1/users/{user_id}', { params: { path: { user_id: userId } }, body }));
}
