import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/card';
import { Page } from '@/components/page';
import { PagedTable } from '@/components/paged-table';
import { branchesQuery } from '@/lib/bank/branches';
import { formatDay } from '@/lib/dates';
import { locale } from '@/lib/i18n';
import { useMay } from '@/lib/staff';
import { staffMembersQuery } from '../api/staff-members';
import { BranchForm } from './branch-form';
import { MemberForm } from './member-form';

export function BranchesPage() {
  const { t } = useTranslation();
  const branches = useInfiniteQuery(branchesQuery());
  const mayChange = useMay('branches.change');
  const people = useInfiniteQuery(staffMembersQuery());
  const mayEmploy = useMay('staff.change');
  const places = branches.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page title={t('staff.places.branches')}>
      <Card title={t('staff.branches.branches')}>
        <PagedTable
          query={branches}
          label={t('staff.branches.branches')}
          emptyIcon="home"
          emptyText={t('staff.branches.noBranches')}
          rowKey={(row) => row.id}
          columns={[
            { name: t('staff.branches.id'), show: (row) => row.id },
            { name: t('staff.catalogue.name'), show: (row) => row.name },
            { name: t('staff.branches.location'), show: (row) => [row.location, row.state].filter(Boolean).join(', ') },
          ]}
        />
        {mayChange ? <BranchForm branches={places} /> : null}
      </Card>
      <Card title={t('staff.branches.people')}>
        <PagedTable
          query={people}
          label={t('staff.branches.people')}
          emptyIcon="users"
          emptyText={t('staff.branches.nobody')}
          rowKey={(row) => row.id}
          columns={[
            { name: t('staff.catalogue.name'), show: (row) => row.name },
            { name: t('staff.branches.position'), show: (row) => row.position },
            { name: t('staff.customers.branch'), show: (row) => row.branch_id },
            { name: t('staff.customers.email'), show: (row) => row.email },
            { name: t('staff.branches.since'), show: (row) => formatDay(row.hire_date, locale()) },
            { name: t('staff.branches.left'), show: (row) => (row.left_on ? formatDay(row.left_on, locale()) : '') },
          ]}
        />
        {mayEmploy ? (
          <MemberForm members={people.data?.pages.flatMap((page) => page.items) ?? []} branches={places} />
        ) : null}
      </Card>
    </Page>
  );
}
