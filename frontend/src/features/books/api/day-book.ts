import { infiniteQueryOptions } from '@tanstack/react-query';
import { answer, api } from '@/lib/api/client';

/** Every entry of a business day with the day's totals; today's unless a day is named. */
export function dayBookQuery(day: string) {
  return infiniteQueryOptions({
    queryKey: ['transactions', 'day-book', day],
    queryFn: ({ pageParam }) => {
      const query = { limit: 50, ...(day ? { business_date: day } : {}), ...(pageParam ? { after: pageParam } : {}) };
      return answer(api.GET('/api/v1/ledger/day-book', { params: { query } }));
    },
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  });
}
