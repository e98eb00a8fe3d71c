import { answer, api } from '@/lib/api/client';

export function endOneSession(sessionId: string) {
  return answer(api.DELETE('/api/v1/auth/sessions/{session_id}', { params: { path: { session_id: sessionId } } }));
}
