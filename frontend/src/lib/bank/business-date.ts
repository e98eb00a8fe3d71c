import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '@/lib/api/client';

/** The bank's own day, which may differ from the calendar's. */
export const businessDateQuery = queryOptions({
  queryKey: ['business-date'],
  queryFn: () => answer(api.GET('/api/v1/business-date', {})),
  staleTime: 60_000,
});
