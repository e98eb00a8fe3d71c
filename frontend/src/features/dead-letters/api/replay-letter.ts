import { answer, api } from '@/lib/api/client';

/** Have the fact or mail worked off again. */
export function replayLetter(letterId: string) {
  const params = { path: { letter_id: letterId } };
  return answer(api.POST('/api/v1/dead-letters/{letter_id}/replay', { params, body: {} }));
}
