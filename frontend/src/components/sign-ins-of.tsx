import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { signInsOfQuery } from '@/lib/bank/sign-ins-of';
import { formatMoment } from '@/lib/dates';
import { locale } from '@/lib/i18n';
import { Card } from './card';
import { PagedTable } from './paged-table';

/** When a person came and went, from where, and who failed to. */
export function SignInsOf({ userId }: { userId: string }) {
  const { t } = useTranslation();
  const events = useInfiniteQuery(signInsOfQuery(userId));
  return (
    <Card title={t('staff.customers.signIns')}>
      <PagedTable
        query={events}
        label={t('staff.customers.signIns')}
        emptyIcon="device-laptop"
        emptyText={t('staff.customers.noSignIns')}
        rowKey={(row) => row.id}
        columns={[
          { name: t('staff.audit.at'), show: (row) => formatMoment(row.at, locale()) },
          { name: t('staff.find.type'), show: (row) => t(`staff.customers.events.${row.kind}`) },
          { name: t('staff.customers.origin'), show: (row) => row.address },
          { name: t('staff.customers.device'), show: (row) => row.agent },
        ]}
      />
    </Card>
  );
}
