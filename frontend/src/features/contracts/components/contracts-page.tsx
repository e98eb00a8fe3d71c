import { Group, NativeSelect } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/card';
import { Page } from '@/components/page';
import { PagedTable } from '@/components/paged-table';
import { branchesQuery } from '@/lib/bank/branches';
import { productsQuery } from '@/lib/bank/products';
import { formatDay } from '@/lib/dates';
import { locale } from '@/lib/i18n';
import { groupedIban } from '@/lib/iban';
import { contractsQuery, statuses } from '../api/contracts';
import { ArchiveCard } from './archive-card';

/** All accounts, those of one state, product or branch, and the archive of the closed ones. */
export function ContractsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const search = useSearch({ from: '/staff/accounts' });
  const products = useQuery(productsQuery).data ?? [];
  const branches = useInfiniteQuery(branchesQuery()).data?.pages.flatMap((page) => page.items) ?? [];
  const status = statuses.find((one) => one === search.status);
  const contracts = useInfiniteQuery(
    contractsQuery({
      ...(status ? { status } : {}),
      ...(search.product ? { product: search.product } : {}),
      ...(search.branch ? { branch_id: search.branch } : {}),
    }),
  );
  const choose = (name: 'status' | 'product' | 'branch', data: { value: string; label: string }[]) => (
    <NativeSelect
      label={t(`staff.customers.${name}`)}
      data={[{ value: '', label: t('staff.contracts.every') }, ...data]}
      value={search[name] ?? ''}
      onChange={(event) =>
        void navigate({
          to: '/staff/accounts',
          search: { ...search, [name]: event.currentTarget.value || undefined },
          replace: true,
        })
      }
    />
  );
  return (
    <Page title={t('staff.places.accounts')}>
      <Group align="end">
        {choose(
          'status',
          statuses.map((value) => ({ value, label: t(`accounts.status.${value}`) })),
        )}
        {choose(
          'product',
          products.map(({ id, name }) => ({ value: id, label: name })),
        )}
        {choose(
          'branch',
          branches.map(({ id, name }) => ({ value: id, label: name })),
        )}
      </Group>
      <Card>
        <PagedTable
          query={contracts}
          label={t('staff.places.accounts')}
          emptyIcon="wallet"
          emptyText={t('staff.contracts.none')}
          rowKey={(row) => row.id}
          columns={[
            {
              name: t('staff.customers.number'),
              show: (row) => (
                <Link to="/staff/accounts/$accountId" params={{ accountId: row.id }} className="tall-link">
                  {groupedIban(row.account_number)}
                </Link>
              ),
            },
            { name: t('staff.customers.product'), show: (row) => row.product },
            { name: t('staff.customers.status'), show: (row) => row.status },
            { name: t('staff.customers.branch'), show: (row) => row.branch_id },
            {
              name: t('staff.contracts.opened'),
              show: (row) => (row.opened_at ? formatDay(row.opened_at.slice(0, 10), locale()) : ''),
            },
          ]}
        />
      </Card>
      <ArchiveCard />
    </Page>
  );
}
