import { answer, api } from '@/lib/api/client';

/** Have the bank open after all on a day that it had made a holiday; with the same key it happens once. */
export function withdrawHoliday(day: string, reason: string, key: string) {
  const params = { path: { day } };
  const headers = { 'Idempotency-Key': key };
  return answer(api.POST('/api/v1/holidays/{day}/withdraw', { params, headers, body: { reason } }));
}
