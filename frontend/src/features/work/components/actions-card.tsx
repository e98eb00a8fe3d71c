import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/card';
import { DataTable } from '@/components/data-table';
import { LinkButton } from '@/components/link-button';
import { ListStates } from '@/components/list-states';
import { auditQuery } from '@/lib/bank/audit';
import { formatMoment } from '@/lib/dates';
import { locale } from '@/lib/i18n';

const SHOWN = 10;

/** The last commands that anybody gave. */
export function ActionsCard() {
  const { t } = useTranslation();
  const trail = useInfiniteQuery(auditQuery({}));
  const rows = (trail.data?.pages[0]?.items ?? []).slice(0, SHOWN);
  return (
    <Card
      title={t('staff.work.actions')}
      aside={
        <LinkButton to="/staff/audit" variant="subtle">
          {t('staff.work.allActions')}
        </LinkButton>
      }
    >
      <ListStates query={trail} empty={rows.length === 0} emptyIcon="history" emptyText={t('staff.audit.none')}>
        <DataTable
          label={t('staff.work.actions')}
          rows={rows}
          rowKey={(row) => `${row.service} ${row.sequence}`}
          columns={[
            { name: t('staff.audit.at'), show: (row) => formatMoment(row.at, locale()) },
            { name: t('staff.audit.command'), show: (row) => row.command },
            { name: t('staff.audit.subject'), show: (row) => `${row.subject.type} ${row.subject.id}` },
          ]}
        />
      </ListStates>
    </Card>
  );
}
