import { answer, api, type Schemas } from '@/lib/api/client';

/** Change one's own details, unless somebody changed them first (`version`); a new number may need a step-up. */
export function changeMe(body: Schemas['CustomerChange'], stepUp?: string) {
  return answer(api.PATCH('/api/v1/customers/me', { headers: stepUp ? { 'Step-Up': stepUp } : {}, body }));
}
