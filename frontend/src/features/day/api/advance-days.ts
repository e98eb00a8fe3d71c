import { answer, api } from '@/lib/api/client';

/** Move the sandbox's clock on by whole days, each with its end of day; the reason lands in the audit trail. */
export function advanceDays(days: number, reason: string) {
  return answer(api.POST('/api/v1/business-date/advance', { body: { days, reason } }));
}
