import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '@/lib/api/client';

/** The holidays of a year, the calendar's and the bank's own; without a year, of the one that the bank is in. */
export function holidaysQuery(year?: number) {
  return queryOptions({
    queryKey: ['holidays', year],
    queryFn: () => answer(api.GET('/api/v1/holidays', { params: { query: year === undefined ? {} : { year } } })),
  });
}
