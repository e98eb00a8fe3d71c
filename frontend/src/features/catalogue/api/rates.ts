import { answer, api, type Schemas } from '@/lib/api/client';
import { pagesOf } from '@/lib/api/pages';

/** The table of interest rates with the days on which each began and ends to hold. */
export function ratesQuery() {
  return pagesOf<Schemas['InterestRateAnswer']>(['rates'], (query) =>
    answer(api.GET('/api/v1/interest-rates', { params: { query } })),
  );
}
