import { answer, api, type Schemas } from '@/lib/api/client';

/** Change one's own details, unless somebody changed them first (`version`). */
export function changeMe(body: Schemas['CustomerChange']) {
  return answer(api.PATCH('/api/v1/customers/me', { body }));
}
