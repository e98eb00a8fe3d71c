import { useNavigate, useSearch } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/card';
import { ListStates } from '@/components/list-states';
import { MovementRow } from '@/components/movement-row';
import classes from './account-page.module.css';
import { MovementFilters } from './movement-filters';
import { useMovements } from './use-movements';

const ROW_PIXELS = 68;

/** All movements of the account: pages are fetched as one scrolls, and only the rows in sight are in the page. */
export function MovementList({ accountId, hidden }: { accountId: string; hidden: boolean }) {
  const { t } = useTranslation();
  const filter = useSearch({ from: '/house/accounts/$accountId' });
  const navigate = useNavigate({ from: '/accounts/$accountId' });
  const { list, rows } = useMovements(accountId, filter);
  const frame = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW_PIXELS,
    overscan: 12,
  });
  const seen = virtual.getVirtualItems();
  const last = seen.at(-1)?.index ?? 0;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  useEffect(() => {
    if (last >= rows.length - 60 && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [last, rows.length, hasNextPage, isFetchingNextPage, fetchNextPage]);
  return (
    <Card title={t('accounts.movements')}>
      <MovementFilters
        filter={filter}
        onChange={(changed) => void navigate({ search: changed, replace: true, resetScroll: false })}
      />
      <ListStates
        query={list}
        empty={rows.length === 0}
        emptyIcon="arrows-exchange"
        emptyText={t('accounts.noMovements')}
        rows={6}
      >
        <section
          ref={frame}
          className={classes.window}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
          tabIndex={0}
          aria-label={t('accounts.movements')}
          style={{ height: `min(70vh, ${rows.length * ROW_PIXELS + 8}px)` }}
        >
          <div className={classes.rows} style={{ height: virtual.getTotalSize() }}>
            {seen.map((item) => {
              const transaction = rows[item.index];
              return transaction ? (
                <div
                  key={transaction.id}
                  ref={virtual.measureElement}
                  data-index={item.index}
                  className={classes.line}
                  style={{ transform: `translateY(${item.start}px)` }}
                >
                  <MovementRow transaction={transaction} accountId={accountId} hidden={hidden} />
                </div>
              ) : null;
            })}
          </div>
        </section>
        <div className={classes.quiet} role="status">
          {hasNextPage ? (isFetchingNextPage ? t('common.loading') : '') : t('accounts.end')}
        </div>
      </ListStates>
    </Card>
  );
}
