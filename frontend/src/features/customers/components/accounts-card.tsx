import { Group, NativeSelect } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Amount } from '@/components/amount';
import { Card } from '@/components/card';
import { DataTable } from '@/components/data-table';
import { LinkButton } from '@/components/link-button';
import { ListStates } from '@/components/list-states';
import { PagedTable } from '@/components/paged-table';
import type { Account } from '@/lib/bank/accounts';
import { balancesQuery } from '@/lib/bank/balances';
import { customerAccountsQuery } from '@/lib/bank/customer-accounts';
import { changeOf } from '@/lib/bank/movements';
import { formatDay } from '@/lib/dates';
import { locale } from '@/lib/i18n';
import { groupedIban } from '@/lib/iban';
import { useMay } from '@/lib/staff';
import { activityQuery } from '../api/activity';
import { FreezeButton } from './freeze-button';

/** The customer's accounts with what is on them, and what moved on the chosen one. */
export function AccountsCard({ customerId }: { customerId: string }) {
  const { t } = useTranslation();
  const accounts = useQuery(customerAccountsQuery(customerId));
  const rows = accounts.data ?? [];
  const balances = useQuery(balancesQuery(rows.slice(0, 100).map((account) => account.id))).data;
  const mayBook = useMay('cash.book');
  const available = (account: Account) => {
    const balance = balances?.find((one) => one.account_id === account.id);
    return balance ? <Amount minor={balance.available_minor} currency={balance.currency} /> : '–';
  };
  return (
    <>
      <Card title={t('staff.customers.accounts')}>
        <ListStates
          query={accounts}
          empty={rows.length === 0}
          emptyIcon="wallet"
          emptyText={t('staff.customers.noAccounts')}
        >
          <DataTable
            label={t('staff.customers.accounts')}
            rows={rows}
            rowKey={(account) => account.id}
            columns={[
              { name: t('staff.customers.number'), show: (account) => groupedIban(account.account_number) },
              { name: t('staff.customers.product'), show: (account) => account.product },
              { name: t('staff.customers.status'), show: (account) => account.status },
              { name: t('staff.customers.available'), show: available, number: true },
              {
                name: t('staff.customers.do'),
                show: (account) => (
                  <Group gap="xs" wrap="nowrap">
                    {mayBook ? (
                      <LinkButton
                        to="/staff/desk"
                        search={{ account: account.account_number }}
                        variant="default"
                        size="sm"
                      >
                        {t('staff.places.desk')}
                      </LinkButton>
                    ) : null}
                    <FreezeButton account={account} />
                  </Group>
                ),
              },
            ]}
          />
        </ListStates>
      </Card>
      {rows.length > 0 ? <Activity accounts={rows} /> : null}
    </>
  );
}

function Activity({ accounts }: { accounts: Account[] }) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState(accounts[0]?.id ?? '');
  const activity = useInfiniteQuery(activityQuery(chosen));
  return (
    <Card title={t('staff.customers.activity')}>
      <NativeSelect
        label={t('staff.customers.account')}
        data={accounts.map((account) => ({ value: account.id, label: groupedIban(account.account_number) }))}
        value={chosen}
        onChange={(event) => setChosen(event.currentTarget.value)}
      />
      <PagedTable
        query={activity}
        label={t('staff.customers.activity')}
        emptyIcon="arrows-exchange"
        emptyText={t('staff.customers.noActivity')}
        rowKey={(row) => row.id}
        columns={[
          { name: t('staff.customers.day'), show: (row) => formatDay(row.business_date, locale()) },
          { name: t('staff.find.type'), show: (row) => t(`transactions.type.${row.type}`) },
          { name: t('staff.customers.with'), show: (row) => row.counterparty?.name ?? '' },
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
            show: (row) => <Amount minor={changeOf(row, chosen)} currency={row.currency} kind="movement" />,
            number: true,
          },
        ]}
      />
    </Card>
  );
}
