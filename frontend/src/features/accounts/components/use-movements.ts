import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { Transaction } from '@/lib/bank/movements';
import { type MovementFilter, movementsQuery } from '../api/movements-of';
import { newestMovementsQuery } from '../api/newest-movements';

/** The pages fetched so far with what has arrived since on top of them, and the newest as they are now. */
export function useMovements(accountId: string, filter: MovementFilter) {
  const list = useInfiniteQuery(movementsQuery(accountId, filter));
  const newest = useQuery(newestMovementsQuery(accountId, filter)).data;
  const { data, refetch } = list;
  const known = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);
  const { rows, gap } = useMemo(() => merged(known, newest ?? []), [known, newest]);
  const behind = gap && known.length > 0;
  useEffect(() => {
    // More has moved than the newest show: only then the pages are asked for again.
    if (behind) void refetch();
  }, [behind, refetch]);
  return { list, rows };
}

function merged(known: Transaction[], newest: Transaction[]): { rows: Transaction[]; gap: boolean } {
  const now = new Map(newest.map((one) => [one.id, one]));
  const ids = new Set(known.slice(0, newest.length + 200).map((one) => one.id));
  const fresh = newest.filter((one) => !ids.has(one.id));
  const rows = [...fresh, ...known.map((one) => now.get(one.id) ?? one)];
  return { rows, gap: fresh.length > 0 && fresh.length === newest.length };
}
