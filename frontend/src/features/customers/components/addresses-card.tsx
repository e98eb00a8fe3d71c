import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/card';
import { DataTable } from '@/components/data-table';
import { ListStates } from '@/components/list-states';
import type { Schemas } from '@/lib/api/client';
import { formatDay } from '@/lib/dates';
import { locale } from '@/lib/i18n';
import { addressesQuery } from '../api/addresses';

type Address = Schemas['AddressHistoryAnswer'];

/** Where the customer lives and lived; `whole` is all of it, once somebody has said why. */
export function AddressesCard({ customerId, whole }: { customerId: string; whole: Address[] | undefined }) {
  const { t } = useTranslation();
  const addresses = useQuery(addressesQuery(customerId));
  const rows = whole ?? addresses.data ?? [];
  return (
    <Card title={t('staff.customers.addresses')}>
      <ListStates
        query={addresses}
        empty={rows.length === 0}
        emptyIcon="home"
        emptyText={t('staff.customers.noAddresses')}
      >
        <DataTable
          label={t('staff.customers.addresses')}
          rows={rows}
          rowKey={(row) => row.id}
          columns={[
            { name: t('staff.find.type'), show: (row) => row.type },
            {
              name: t('staff.customers.address'),
              show: (row) => `${row.street}, ${row.postal_code} ${row.city}, ${row.country}`,
            },
            { name: t('staff.customers.from'), show: (row) => formatDay(row.valid_from, locale()) },
            {
              name: t('staff.customers.until'),
              show: (row) => (row.valid_until ? formatDay(row.valid_until, locale()) : ''),
            },
          ]}
        />
      </ListStates>
    </Card>
  );
}
