import { Skeleton, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from './empty-state';
import type { IconName } from './icon';
import { ProblemNotice } from './problem-notice';

const PLACES = [1, 2, 3, 4, 5, 6];

type ListStatesProps = {
  query: { isPending: boolean; error: unknown; data?: unknown; refetch: () => unknown };
  empty: boolean;
  emptyIcon: IconName;
  emptyText: string;
  emptyAction?: ReactNode;
  rows?: number;
  children: ReactNode;
};

/** Loading, failed, empty or there: every list says which of them it is. What was there stays while it is asked again. */
export function ListStates({ query, empty, emptyIcon, emptyText, emptyAction, rows = 3, children }: ListStatesProps) {
  const { t } = useTranslation();
  if (query.isPending) {
    return (
      <Stack gap="sm" role="status" aria-label={t('common.loading')}>
        {PLACES.slice(0, rows).map((place) => (
          <Skeleton key={place} height={44} radius="md" />
        ))}
      </Stack>
    );
  }
  if (query.error && query.data === undefined) {
    return <ProblemNotice error={query.error} onRetry={() => void query.refetch()} />;
  }
  if (empty) {
    return (
      <EmptyState icon={emptyIcon} text={emptyText}>
        {emptyAction}
      </EmptyState>
    );
  }
  return (
    <>
      {query.error ? <ProblemNotice error={query.error} onRetry={() => void query.refetch()} /> : null}
      {children}
    </>
  );
}
