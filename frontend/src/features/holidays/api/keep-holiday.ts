import { answer, api, type Schemas } from '@/lib/api/client';

/** Close the bank on a day; the reason lands in the audit trail. */
export function keepHoliday(body: Schemas['HolidayRequest']) {
  return answer(api.POST('/api/v1/holidays', { body }));
}
