import { Button } from '@mantine/core';
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ListPage } from '@/lib/api/pages';
import { DataTable, type DataTableProps } from './data-table';
import type { IconName } from './icon';
import { ListStates } from './list-states';

type PagedTableProps<T> = Omit<DataTableProps<T>, 'rows'> & {
  query: UseInfiniteQueryResult<InfiniteData<ListPage<T>>>;
  emptyIcon: IconName;
  emptyText: string;
};

/** A list of the bank as a table, with a button for what comes after the pages that are here. */
export function PagedTable<T>({ query, emptyIcon, emptyText, ...table }: PagedTableProps<T>) {
  const { t } = useTranslation();
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <ListStates query={query} empty={rows.length === 0} emptyIcon={emptyIcon} emptyText={emptyText} rows={6}>
      <DataTable {...table} rows={rows} />
      {query.hasNextPage ? (
        <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('common.loadMore')}
        </Button>
      ) : null}
    </ListStates>
  );
}
