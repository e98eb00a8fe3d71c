import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Amount } from '@/components/amount';
import { Card } from '@/components/card';
import { PagedTable } from '@/components/paged-table';
import { formatMoment } from '@/lib/dates';
import { locale } from '@/lib/i18n';
import { groupedIban } from '@/lib/iban';
import { archiveQuery } from '../api/archive';

/** Closed accounts; behind each number stand its last state and its statements. */
export function ArchiveCard() {
  const { t } = useTranslation();
  const archive = useInfiniteQuery(archiveQuery());
  return (
    <Card title={t('staff.contracts.archive')}>
      <PagedTable
        query={archive}
        label={t('staff.contracts.archive')}
        emptyIcon="wallet"
        emptyText={t('staff.contracts.noArchive')}
        rowKey={(row) => row.id}
        columns={[
          {
            name: t('staff.customers.number'),
            show: (row) => (
              <Link to="/staff/accounts/$accountId" params={{ accountId: row.original_id }} className="tall-link">
                {groupedIban(row.account_number)}
              </Link>
            ),
          },
          { name: t('staff.desk.holder'), show: (row) => row.customer_name },
          { name: t('staff.customers.product'), show: (row) => row.account_type },
          { name: t('staff.contracts.closed'), show: (row) => formatMoment(row.deletion_date, locale()) },
          {
            name: t('staff.contracts.last'),
            show: ({ balance_at_deletion: money }) => <Amount minor={money.amount_minor} currency={money.currency} />,
            number: true,
          },
          { name: t('staff.reason'), show: (row) => row.reason ?? '' },
          { name: t('staff.by'), show: (row) => row.closed_by },
        ]}
      />
    </Card>
  );
}
