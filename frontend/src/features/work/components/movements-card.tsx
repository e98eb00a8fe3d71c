import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Amount } from '@/components/amount';
import { Card } from '@/components/card';
import { DataTable } from '@/components/data-table';
import { LinkButton } from '@/components/link-button';
import { ListStates } from '@/components/list-states';
import { formatMoment } from '@/lib/dates';
import { locale } from '@/lib/i18n';
import { lastMovementsQuery } from '../api/last-movements';

/** The last ten entries of the bank. */
export function MovementsCard() {
  const { t } = useTranslation();
  const last = useQuery(lastMovementsQuery);
  const rows = last.data ?? [];
  return (
    <Card
      title={t('staff.work.movements')}
      aside={
        <LinkButton to="/staff/transactions" variant="subtle">
          {t('staff.work.allMovements')}
        </LinkButton>
      }
    >
      <ListStates query={last} empty={rows.length === 0} emptyIcon="arrows-exchange" emptyText={t('staff.books.none')}>
        <DataTable
          label={t('staff.work.movements')}
          rows={rows}
          rowKey={(row) => row.id}
          columns={[
            { name: t('staff.audit.at'), show: (row) => formatMoment(row.booked_at, locale()) },
            { name: t('staff.find.type'), show: (row) => t(`transactions.type.${row.type}`) },
            {
              name: t('staff.find.text'),
              show: (row) => (
                <Link to="/staff/transactions/$transactionId" params={{ transactionId: row.id }} className="tall-link">
                  {row.description || row.id}
                </Link>
              ),
            },
            {
              name: t('staff.find.amount'),
              show: (row) => <Amount minor={row.amount_minor} currency={row.currency} />,
              number: true,
            },
          ]}
        />
      </ListStates>
    </Card>
  );
}
