import { NativeSelect } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/card';
import { Page } from '@/components/page';
import { PagedTable } from '@/components/paged-table';
import { kycStates, kycWaiting } from '@/lib/bank/kyc';
import { formatMoment } from '@/lib/dates';
import { locale } from '@/lib/i18n';
import { customersByKycQuery } from '../api/customers-by-kyc';

/** Who waits to be known by the bank, or is known in the chosen way. */
export function KycPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { state } = useSearch({ from: '/staff/kyc' });
  const chosen = kycStates.find((one) => one === state);
  const customers = useInfiniteQuery(customersByKycQuery(chosen ? [chosen] : kycWaiting));
  return (
    <Page title={t('staff.customers.kyc')}>
      <NativeSelect
        label={t('staff.customers.status')}
        data={[
          { value: '', label: t('staff.customers.waiting') },
          ...kycStates.map((value) => ({ value, label: t(`staff.customers.states.${value}`) })),
        ]}
        value={chosen ?? ''}
        onChange={(event) => {
          const wanted = kycStates.find((one) => one === event.currentTarget.value);
          void navigate({ to: '/staff/kyc', search: wanted ? { state: wanted } : {}, replace: true });
        }}
      />
      <Card>
        <PagedTable
          query={customers}
          label={t('staff.customers.kyc')}
          emptyIcon="user"
          emptyText={t('staff.customers.nobodyWaits')}
          rowKey={(row) => row.id}
          columns={[
            {
              name: t('staff.customers.title'),
              show: (row) => (
                <Link to="/staff/customers/$customerId" params={{ customerId: row.id }} className="tall-link">
                  {row.first_name} {row.last_name}
                </Link>
              ),
            },
            {
              name: t('staff.customers.status'),
              show: (row) => {
                const known = kycStates.find((one) => one === row.kyc_state);
                return known ? t(`staff.customers.states.${known}`) : row.kyc_state;
              },
            },
            { name: t('staff.customers.branch'), show: (row) => row.branch_id },
            { name: t('staff.customers.since'), show: (row) => formatMoment(row.created_at, locale()) },
          ]}
        />
      </Card>
    </Page>
  );
}
