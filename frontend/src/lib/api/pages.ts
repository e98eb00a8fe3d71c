import { infiniteQueryOptions } from '@tanstack/react-query';

export type ListPage<T> = { items: T[]; next?: string | null };
export type PageWish = { limit: number; after?: string };

const PAGE = 50;

/** A list of the bank, a page at a time. */
export function pagesOf<T>(queryKey: readonly unknown[], fetchPage: (wish: PageWish) => Promise<ListPage<T>>) {
  return infiniteQueryOptions({
    queryKey,
    queryFn: ({ pageParam }) => fetchPage({ limit: PAGE, ...(pageParam ? { after: pageParam } : {}) }),
    initialPageParam: '',
    getNextPageParam: (last: ListPage<T>) => last.next ?? undefined,
  });
}
