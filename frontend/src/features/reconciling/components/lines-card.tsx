import { Button } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Amount } from '@/components/amount';
import { Card } from '@/components/card';
import { PagedTable } from '@/components/paged-table';
import { ProblemNotice } from '@/components/problem-notice';
import { formatDay } from '@/lib/dates';
import { locale } from '@/lib/i18n';
import { linesQuery } from '../api/lines';
import { unmatchLine } from '../api/unmatch-line';
import { MatchForm } from './match-form';

/** Each line of the statement with its entry; what has none is matched by hand, with a reason. */
export function LinesCard({ id, mayMatch }: { id: string; mayMatch: boolean }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const lines = useInfiniteQuery(linesQuery(id));
  const parting = useMutation({
    mutationFn: (line: number) => unmatchLine(id, line),
    onSettled: () => client.invalidateQueries({ queryKey: ['reconciliations'] }),
  });
  return (
    <Card title={t('staff.reconciling.lines')}>
      <ProblemNotice error={parting.error} />
      <PagedTable
        query={lines}
        label={t('staff.reconciling.lines')}
        emptyIcon="receipt"
        emptyText={t('staff.reconciling.noLines')}
        rowKey={(row) => String(row.line)}
        columns={[
          { name: t('staff.customers.day'), show: (row) => formatDay(row.booking_date, locale()) },
          { name: t('staff.find.text'), show: (row) => [row.reference, row.description].filter(Boolean).join(' · ') },
          {
            name: t('staff.find.amount'),
            show: (row) => (
              <Amount
                minor={row.direction === 'credit' ? row.amount_minor : -row.amount_minor}
                currency={row.currency}
                kind="movement"
              />
            ),
            number: true,
          },
          {
            name: t('staff.reconciling.match'),
            show: (row) => (row.match ? `${row.match.transaction_id} (${row.match.rule})` : t('common.none')),
          },
          { name: t('staff.reason'), show: (row) => row.match?.reason ?? '' },
          {
            name: t('staff.customers.do'),
            show: (row) =>
              !mayMatch ? null : row.match ? (
                <Button variant="default" size="sm" onClick={() => parting.mutate(row.line)}>
                  {t('staff.reconciling.part')}
                </Button>
              ) : (
                <MatchForm id={id} line={row.line} />
              ),
          },
        ]}
      />
    </Card>
  );
}
