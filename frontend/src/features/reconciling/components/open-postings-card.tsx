import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Amount } from '@/components/amount';
import { Card } from '@/components/card';
import { PagedTable } from '@/components/paged-table';
import { formatDay } from '@/lib/dates';
import { locale } from '@/lib/i18n';
import { openPostingsQuery } from '../api/open-postings';

/** Entries that no line of the statement names. */
export function OpenPostingsCard({ id }: { id: string }) {
  const { t } = useTranslation();
  const postings = useInfiniteQuery(openPostingsQuery(id));
  return (
    <Card title={t('staff.reconciling.open')}>
      <PagedTable
        query={postings}
        label={t('staff.reconciling.open')}
        emptyIcon="check"
        emptyText={t('staff.reconciling.noOpen')}
        rowKey={(row) => `${row.transaction_id} ${row.direction}`}
        columns={[
          { name: t('staff.customers.day'), show: (row) => formatDay(row.business_date, locale()) },
          {
            name: t('accounts.reference'),
            show: (row) => (
              <Link
                to="/staff/transactions/$transactionId"
                params={{ transactionId: row.transaction_id }}
                className="tall-link"
              >
                {row.transaction_id}
              </Link>
            ),
          },
          { name: t('staff.find.text'), show: (row) => row.description },
          {
            name: t('staff.find.amount'),
            show: (row) => <Amount minor={row.amount_minor} currency={row.currency} />,
            number: true,
          },
        ]}
      />
    </Card>
  );
}
