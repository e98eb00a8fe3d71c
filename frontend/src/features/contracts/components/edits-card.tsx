import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/card';
import { PagedTable } from '@/components/paged-table';
import { formatMoment } from '@/lib/dates';
import { locale } from '@/lib/i18n';
import { editsQuery } from '../api/edits';

const written = (value: unknown) => (typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value));

/** Every change with what was before and after. */
export function EditsCard({ accountId }: { accountId: string }) {
  const { t } = useTranslation();
  const edits = useInfiniteQuery(editsQuery(accountId));
  return (
    <Card title={t('staff.contracts.edits')}>
      <PagedTable
        query={edits}
        label={t('staff.contracts.edits')}
        emptyIcon="history"
        emptyText={t('staff.contracts.noEdits')}
        rowKey={(row) => row.id}
        columns={[
          { name: t('staff.audit.at'), show: (row) => formatMoment(row.at, locale()) },
          { name: t('staff.approvals.field'), show: (row) => row.field },
          { name: t('staff.approvals.before'), show: (row) => written(row.old) },
          { name: t('staff.approvals.after'), show: (row) => written(row.new) },
          { name: t('staff.contracts.why'), show: (row) => row.note ?? '' },
          { name: t('staff.by'), show: (row) => row.by },
        ]}
      />
    </Card>
  );
}
