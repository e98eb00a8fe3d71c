import { answer, api, type Schemas } from '@/lib/api/client';
import { pagesOf } from '@/lib/api/pages';

/** The ends of day there were, with their steps, the newest first. */
export function endsOfDayQuery() {
  return {
    ...pagesOf<Schemas['EndOfDayAnswer']>(['ends-of-day'], (query) =>
      answer(api.GET('/api/v1/business-date/ends', { params: { query } })),
    ),
    refetchInterval: 5_000,
  };
}
