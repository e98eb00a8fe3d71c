import { Group, NativeSelect, TextInput } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Amount } from '@/components/amount';
import { Card } from '@/components/card';
import { Page } from '@/components/page';
import { PagedTable } from '@/components/paged-table';
import { formatMoment } from '@/lib/dates';
import { locale } from '@/lib/i18n';
import { entryTypes, type JournalFilter, journalQuery } from '../api/journal';

/** The journal by account, type, day and words; each entry leads to its postings and the way to undo it. */
export function JournalPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const search = useSearch({ from: '/staff/transactions' });
  const type = entryTypes.find((one) => one === search.type);
  const filter: JournalFilter = {
    ...(search.account ? { account_id: search.account } : {}),
    ...(type ? { type } : {}),
    ...(search.q ? { q: search.q } : {}),
    ...(search.from ? { from: search.from } : {}),
    ...(search.to ? { to: search.to } : {}),
  };
  const journal = useInfiniteQuery(journalQuery(filter));
  const change = (changed: Partial<typeof search>) =>
    void navigate({ to: '/staff/transactions', search: { ...search, ...changed }, replace: true });
  const typed = (name: 'account' | 'q', label: string) => (
    <TextInput
      label={label}
      defaultValue={search[name] ?? ''}
      onBlur={(event) => change({ [name]: event.currentTarget.value.trim() || undefined })}
      onKeyDown={(event) => {
        if (event.key === 'Enter') change({ [name]: event.currentTarget.value.trim() || undefined });
      }}
    />
  );
  const day = (name: 'from' | 'to') => (
    <TextInput
      type="date"
      label={t(`staff.audit.${name}`)}
      value={search[name] ?? ''}
      onChange={(event) => change({ [name]: event.currentTarget.value || undefined })}
    />
  );
  return (
    <Page title={t('staff.places.transactions')}>
      <Group align="end">
        {typed('account', t('staff.transaction.account'))}
        <NativeSelect
          label={t('staff.find.type')}
          data={[
            { value: '', label: t('staff.transaction.every') },
            ...entryTypes.map((value) => ({ value, label: t(`transactions.type.${value}`) })),
          ]}
          value={type ?? ''}
          onChange={(event) => change({ type: event.currentTarget.value || undefined })}
        />
        {typed('q', t('staff.transaction.words'))}
        {day('from')}
        {day('to')}
      </Group>
      <Card>
        <PagedTable
          query={journal}
          label={t('staff.places.transactions')}
          emptyIcon="arrows-exchange"
          emptyText={t('staff.transaction.none')}
          rowKey={(row) => row.id}
          columns={[
            { name: t('staff.audit.at'), show: (row) => formatMoment(row.booked_at, locale()) },
            { name: t('staff.find.type'), show: (row) => t(`transactions.type.${row.type}`) },
            {
              name: t('accounts.reference'),
              show: (row) => (
                <Link to="/staff/transactions/$transactionId" params={{ transactionId: row.id }} className="tall-link">
                  {row.id}
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
    </Page>
  );
}
