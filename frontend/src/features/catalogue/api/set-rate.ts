import { answer, api, type Schemas } from '@/lib/api/client';

/** A rate from a day on; a second person has to agree where the bank's rules say so. */
export function setRate(body: Schemas['AccountsRateRequest']) {
  return answer(api.POST('/api/v1/interest-rates', { body }));
}
