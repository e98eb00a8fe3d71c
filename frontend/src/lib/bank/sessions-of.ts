import { answer, api, type Schemas } from '@/lib/api/client';
import { pagesOf } from '@/lib/api/pages';

/** Where the person is signed in now, the newest first. */
export function sessionsOfQuery(userId: string) {
  return pagesOf<Schemas['SessionAnswer']>(['sessions-of', userId], (wish) => {
    const params = { path: { user_id: userId }, query: wish };
    return answer(api.GET('/api/v1/users/{user_id}/sessions', { params }));
  });
}
