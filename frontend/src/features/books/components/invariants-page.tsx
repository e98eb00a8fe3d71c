import { Badge } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/card';
import { DataTable } from '@/components/data-table';
import { ListStates } from '@/components/list-states';
import { Page } from '@/components/page';
import { invariantsQuery } from '@/lib/bank/invariants';
import { formatMoment } from '@/lib/dates';
import { locale } from '@/lib/i18n';

const tones = { ok: 'vault', violated: 'red', unknown: 'gray' } as const;

/** What must hold in the ledger, asked again every few seconds; a broken one names its first rows. */
export function InvariantsPage() {
  const { t } = useTranslation();
  const invariants = useQuery(invariantsQuery);
  const rows = invariants.data ?? [];
  return (
    <Page title={t('staff.invariants.title')}>
      <Card>
        <ListStates
          query={invariants}
          empty={rows.length === 0}
          emptyIcon="shield-lock"
          emptyText={t('staff.invariants.none')}
          rows={6}
        >
          <DataTable
            label={t('staff.invariants.title')}
            rows={rows}
            rowKey={(row) => row.id}
            columns={[
              { name: t('staff.invariants.rule'), show: (row) => `${row.id} ${row.title}` },
              {
                name: t('staff.day.state'),
                show: (row) => (
                  <Badge variant="outline" color={tones[row.state]}>
                    {t(`staff.invariants.states.${row.state}`)}
                  </Badge>
                ),
              },
              { name: t('staff.invariants.violations'), show: (row) => row.violations, number: true },
              {
                name: t('staff.invariants.first'),
                show: (row) => row.first.map((bad) => `${bad.table} ${bad.key}: ${bad.problem}`).join('; '),
              },
              {
                name: t('staff.invariants.checked'),
                show: (row) => (row.checked_at ? formatMoment(row.checked_at, locale()) : ''),
              },
            ]}
          />
        </ListStates>
      </Card>
    </Page>
  );
}
