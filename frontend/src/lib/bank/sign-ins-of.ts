import { answer, api, type Schemas } from '@/lib/api/client';
import { pagesOf } from '@/lib/api/pages';

/** When the person came and went, and who failed to. */
export function signInsOfQuery(userId: string) {
  return pagesOf<Schemas['EventAnswer']>(['sign-ins', userId], (wish) =>
    answer(api.GET('/api/v1/auth/events', { params: { query: { user_id: userId, ...wish } } })),
  );
}
