import { answer, api } from '@/lib/api/client';

/** Refuse to sign, or take back what one asked for: it is over for all. */
export function refuse(id: string, key: string) {
  return answer(
    api.POST('/api/v1/cosignatures/{cosignature_id}/refuse', {
      params: { path: { cosignature_id: id }, header: { 'Idempotency-Key': key } },
      body: {},
    }),
  );
}
