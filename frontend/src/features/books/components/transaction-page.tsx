import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Amount } from '@/components/amount';
import { Card } from '@/components/card';
import { DataTable } from '@/components/data-table';
import { Facts } from '@/components/facts';
import { ListStates } from '@/components/list-states';
import { Page } from '@/components/page';
import type { Schemas } from '@/lib/api/client';
import { formatDay, formatMoment } from '@/lib/dates';
import { locale } from '@/lib/i18n';
import { useMay } from '@/lib/staff';
import { transactionQuery } from '../api/transaction';
import { ReverseForm } from './reverse-form';

/** One entry, both sides of it, and the way to undo it. */
export function TransactionPage() {
  const { t } = useTranslation();
  const { transactionId } = useParams({ from: '/staff/transactions/$transactionId' });
  const transaction = useQuery(transactionQuery(transactionId));
  const mayReverse = useMay('transaction.reverse');
  const found = transaction.data;
  const canReverse = mayReverse && found?.status === 'booked' && found.type !== 'reversal';
  return (
    <Page title={t('staff.transaction.title')}>
      <Card>
        <ListStates query={transaction} empty={false} emptyIcon="receipt" emptyText="">
          {found ? <Entry transaction={found} /> : null}
          {canReverse ? <ReverseForm key={transactionId} transactionId={transactionId} /> : null}
        </ListStates>
      </Card>
    </Page>
  );
}

function Entry({ transaction }: { transaction: Schemas['TransactionAnswer'] }) {
  const { t } = useTranslation();
  const { currency, reverses, reversed_by } = transaction;
  const rows: [string, ReactNode][] = [
    [t('accounts.reference'), transaction.id],
    [t('staff.find.type'), t(`transactions.type.${transaction.type}`)],
    [t('staff.find.amount'), <Amount key="a" minor={transaction.amount_minor} currency={currency} strong />],
    [t('accounts.bookedAt'), formatMoment(transaction.booked_at, locale())],
    [t('staff.day.businessDate'), formatDay(transaction.business_date, locale())],
    [t('staff.find.text'), transaction.description],
  ];
  if (reverses) rows.push([t('staff.transaction.reverses'), <Other key="r" id={reverses} />]);
  if (reversed_by) rows.push([t('staff.transaction.reversedBy'), <Other key="b" id={reversed_by} />]);
  return (
    <>
      <Facts rows={rows} />
      <DataTable
        label={t('staff.transaction.postings')}
        rows={transaction.postings}
        rowKey={(posting) => `${posting.account_id} ${posting.direction}`}
        columns={[
          { name: t('staff.transaction.account'), show: (posting) => posting.account_id },
          {
            name: t('staff.transaction.direction'),
            show: (posting) => t(`staff.transaction.directions.${posting.direction}`),
          },
          {
            name: t('staff.find.amount'),
            show: (posting) => <Amount minor={posting.amount_minor} currency={currency} />,
            number: true,
          },
          {
            name: t('staff.transaction.after'),
            show: (posting) => <Amount minor={posting.balance_after_minor} currency={currency} />,
            number: true,
          },
        ]}
      />
    </>
  );
}

function Other({ id }: { id: string }) {
  return (
    <Link to="/staff/transactions/$transactionId" params={{ transactionId: id }} className="tall-link">
      {id}
    </Link>
  );
}
