import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Amount } from '@/components/amount';
import { Card } from '@/components/card';
import { Page } from '@/components/page';
import { PagedTable } from '@/components/paged-table';
import { formatDay } from '@/lib/dates';
import { locale } from '@/lib/i18n';
import { useMay } from '@/lib/staff';
import { type Reconciliation, reconciliationsQuery } from '../api/reconciliations';
import { FileForm } from './file-form';
import { LinesCard } from './lines-card';
import { OpenPostingsCard } from './open-postings-card';

/** The statements of the clearing bank against the ledger. */
export function ReconcilingPage() {
  const { t } = useTranslation();
  const mayCompare = useMay('reconcile');
  const reconciliations = useInfiniteQuery(reconciliationsQuery());
  const [chosen, setChosen] = useState<Reconciliation | null>(null);
  return (
    <Page title={t('staff.places.reconciling')}>
      {mayCompare ? (
        <Card title={t('staff.reconciling.new')}>
          <FileForm />
        </Card>
      ) : null}
      <Card>
        <PagedTable
          query={reconciliations}
          label={t('staff.places.reconciling')}
          emptyIcon="receipt"
          emptyText={t('staff.reconciling.none')}
          rowKey={(row) => row.id}
          columns={[
            {
              name: t('staff.reconciling.file'),
              show: (row) => (
                <Button variant="subtle" size="sm" onClick={() => setChosen(row)}>
                  {row.file_name || row.id}
                </Button>
              ),
            },
            { name: t('staff.customers.from'), show: (row) => formatDay(row.from_date, locale()) },
            { name: t('staff.customers.until'), show: (row) => formatDay(row.to_date, locale()) },
            { name: t('staff.reconciling.lines'), show: (row) => row.line_count, number: true },
            {
              name: t('staff.reconciling.closing'),
              show: (row) =>
                row.closing_minor === null ? '' : <Amount minor={row.closing_minor} currency={row.currency} />,
              number: true,
            },
            {
              name: t('staff.reconciling.ledger'),
              show: (row) => <Amount minor={row.ledger_closing_minor} currency={row.currency} />,
              number: true,
            },
          ]}
        />
      </Card>
      {chosen ? (
        <>
          <LinesCard key={`lines ${chosen.id}`} id={chosen.id} mayMatch={mayCompare} />
          <OpenPostingsCard key={`postings ${chosen.id}`} id={chosen.id} />
        </>
      ) : null}
    </Page>
  );
}
