import { answer, api, type Schemas } from '@/lib/api/client';

/** Prove who one is for exactly one command; the answer is good for that alone. */
export function approve(body: Schemas['StepUpRequest']) {
  return answer(api.POST('/api/v1/auth/step-up', { body }));
}
