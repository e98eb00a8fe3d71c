import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/card';
import { PagedTable } from '@/components/paged-table';
import { auditQuery } from '@/lib/bank/audit';
import { formatMoment } from '@/lib/dates';
import { locale } from '@/lib/i18n';

/** Who did what to this customer, and why. */
export function AuditCard({ customerId }: { customerId: string }) {
  const { t } = useTranslation();
  const trail = useInfiniteQuery(auditQuery({ subject: customerId }));
  return (
    <Card title={t('staff.audit.title')}>
      <PagedTable
        query={trail}
        label={t('staff.audit.title')}
        emptyIcon="history"
        emptyText={t('staff.audit.none')}
        rowKey={(row) => `${row.service} ${row.sequence}`}
        columns={[
          { name: t('staff.audit.at'), show: (row) => formatMoment(row.at, locale()) },
          { name: t('staff.audit.command'), show: (row) => row.command },
          { name: t('staff.reason'), show: (row) => row.reason ?? '' },
          { name: t('staff.audit.service'), show: (row) => row.service },
        ]}
      />
    </Card>
  );
}
