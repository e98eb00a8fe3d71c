import { answer, api, type Schemas } from '@/lib/api/client';

/** Ask for a statement of any range of days; the bank makes it within seconds. */
export function askForStatement(body: Schemas['StatementWish'], key: string) {
  return answer(api.POST('/api/v1/statements', { params: { header: { 'Idempotency-Key': key } }, body }));
}
