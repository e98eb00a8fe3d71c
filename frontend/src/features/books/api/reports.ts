import { answer, api, type Schemas } from '@/lib/api/client';
import { pagesOf } from '@/lib/api/pages';

/** What the bank wrote at the ends of its days. */
export function reportsQuery() {
  return pagesOf<Schemas['ReportItem']>(['reports'], (query) =>
    answer(api.GET('/api/v1/reports', { params: { query } })),
  );
}
