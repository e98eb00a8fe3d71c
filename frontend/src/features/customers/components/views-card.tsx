import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/card';
import { PagedTable } from '@/components/paged-table';
import { formatMoment } from '@/lib/dates';
import { locale } from '@/lib/i18n';
import { viewsQuery } from '../api/views';

export function ViewsCard({ customerId }: { customerId: string }) {
  const { t } = useTranslation();
  const views = useInfiniteQuery(viewsQuery(customerId));
  return (
    <Card title={t('staff.customers.views')}>
      <PagedTable
        query={views}
        label={t('staff.customers.views')}
        emptyIcon="eye"
        emptyText={t('staff.customers.noViews')}
        rowKey={(row) => `${row.at} ${row.service} ${row.what} ${row.user_id}`}
        columns={[
          { name: t('staff.audit.at'), show: (row) => formatMoment(row.at, locale()) },
          { name: t('staff.customers.what'), show: (row) => row.what },
          { name: t('staff.customers.roles'), show: (row) => row.roles.join(', ') },
          { name: t('staff.by'), show: (row) => row.user_id ?? '' },
        ]}
      />
    </Card>
  );
}
