import { answer, api } from '@/lib/api/client';

/** Sign. With the last signature it is done at once; the answer's status tells. */
export function sign(id: string, key: string, stepUp?: string) {
  return answer(
    api.POST('/api/v1/cosignatures/{cosignature_id}/sign', {
      params: { path: { cosignature_id: id }, header: { 'Idempotency-Key': key } },
      headers: stepUp ? { 'Step-Up': stepUp } : {},
      body: {},
    }),
  );
}
