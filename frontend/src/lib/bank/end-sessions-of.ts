import { answer, api } from '@/lib/api/client';

/** End one session of a person, or without its id all of them. */
export function endSessionsOf(userId: string, reason: string, sessionId?: string) {
  const body = sessionId ? { reason, session_id: sessionId } : { reason };
  return answer(api.POST('/api/v1/users/{user_id}/sessions/end', { params: { path: { user_id: userId } }, body }));
}
