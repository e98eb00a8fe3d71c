import { Badge, TextInput } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Amount } from '@/components/amount';
import { Card } from '@/components/card';
import { DataTable } from '@/components/data-table';
import { ListStates } from '@/components/list-states';
import { Page } from '@/components/page';
import { PagedTable } from '@/components/paged-table';
import { trialBalanceQuery } from '@/lib/bank/trial-balance';
import { formatMoment } from '@/lib/dates';
import { locale } from '@/lib/i18n';
import { dayBookQuery } from '../api/day-book';

/** The trial balance and the day book, as of a day. */
export function BooksPage() {
  const { t } = useTranslation();
  const [day, setDay] = useState('');
  return (
    <Page title={t('staff.books.title')}>
      <TextInput
        type="date"
        label={t('staff.books.day')}
        description={t('staff.books.dayHint')}
        value={day}
        onChange={(event) => setDay(event.currentTarget.value)}
      />
      <TrialBalance day={day} />
      <DayBook day={day} />
    </Page>
  );
}

function TrialBalance({ day }: { day: string }) {
  const { t } = useTranslation();
  const balance = useQuery(trialBalanceQuery(day));
  const currencies = balance.data?.currencies ?? [];
  return (
    <Card
      title={t('staff.books.trialBalance')}
      aside={
        balance.data ? (
          <Badge variant="outline" color={balance.data.balanced ? 'vault' : 'red'}>
            {t(balance.data.balanced ? 'staff.books.balanced' : 'staff.books.unbalanced')}
          </Badge>
        ) : undefined
      }
    >
      <ListStates query={balance} empty={currencies.length === 0} emptyIcon="receipt" emptyText={t('staff.books.none')}>
        {currencies.map(({ currency, lines, debit_minor, credit_minor }) => (
          <DataTable
            key={currency}
            label={`${t('staff.books.trialBalance')} ${currency}`}
            rows={[
              ...lines,
              {
                account_id: 'sum',
                accounts: 0,
                credit_minor,
                debit_minor,
                kind: '',
                name: t('staff.books.sum'),
                product: null,
              },
            ]}
            rowKey={(line) => `${line.kind} ${line.account_id} ${line.product} ${line.name}`}
            columns={[
              { name: t('staff.books.account'), show: (line) => line.name },
              { name: t('staff.books.kind'), show: (line) => line.kind },
              {
                name: t('staff.books.debit'),
                show: (line) => <Amount minor={line.debit_minor} currency={currency} />,
                number: true,
              },
              {
                name: t('staff.books.credit'),
                show: (line) => <Amount minor={line.credit_minor} currency={currency} />,
                number: true,
              },
            ]}
          />
        ))}
      </ListStates>
    </Card>
  );
}

function DayBook({ day }: { day: string }) {
  const { t } = useTranslation();
  const book = useInfiniteQuery(dayBookQuery(day));
  const totals = book.data?.pages[0]?.totals ?? [];
  return (
    <Card title={t('staff.books.dayBook')}>
      {totals.length > 0 ? (
        <DataTable
          label={t('staff.books.totals')}
          rows={totals}
          rowKey={(row) => `${row.type} ${row.currency}`}
          columns={[
            { name: t('staff.find.type'), show: (row) => row.type },
            { name: t('staff.books.entries'), show: (row) => row.entries, number: true },
            {
              name: t('staff.books.sum'),
              show: (row) => <Amount minor={row.amount_minor} currency={row.currency} />,
              number: true,
            },
          ]}
        />
      ) : null}
      <PagedTable
        query={book}
        label={t('staff.books.dayBook')}
        emptyIcon="receipt"
        emptyText={t('staff.books.noEntries')}
        rowKey={(row) => row.id}
        columns={[
          { name: t('staff.audit.at'), show: (row) => formatMoment(row.booked_at, locale()) },
          { name: t('staff.find.type'), show: (row) => t(`transactions.type.${row.type}`) },
          { name: t('staff.find.text'), show: (row) => row.description },
          {
            name: t('accounts.reference'),
            show: (row) => (
              <Link to="/staff/transactions/$transactionId" params={{ transactionId: row.id }} className="tall-link">
                {row.id}
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
    </Card>
  );
}
