import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/card';
import { Page } from '@/components/page';
import { PagedTable } from '@/components/paged-table';
import { formatMoment } from '@/lib/dates';
import { locale } from '@/lib/i18n';
import { noticesQuery } from '../api/notices';
import { ActiveButton } from './active-button';
import { NoticeForm } from './notice-form';

export function NoticesPage() {
  const { t } = useTranslation();
  const notices = useInfiniteQuery(noticesQuery());
  return (
    <Page title={t('shell.announcements')}>
      <Card title={t('staff.notices.new')}>
        <NoticeForm />
      </Card>
      <Card title={t('staff.notices.all')}>
        <PagedTable
          query={notices}
          label={t('staff.notices.all')}
          emptyIcon="speakerphone"
          emptyText={t('staff.notices.none')}
          rowKey={(row) => row.id}
          columns={[
            { name: t('staff.notices.title'), show: (row) => row.title },
            {
              name: t('staff.notices.audience'),
              show: (row) =>
                [t(`staff.notices.audiences.${row.audience}`), row.branch_id ?? row.product].filter(Boolean).join(': '),
            },
            { name: t('staff.notices.starts'), show: (row) => formatMoment(row.starts_at, locale()) },
            {
              name: t('staff.notices.ends'),
              show: (row) => (row.ends_at ? formatMoment(row.ends_at, locale()) : ''),
            },
            { name: t('staff.notices.active'), show: (row) => t(row.active ? 'common.yes' : 'common.no') },
            { name: t('staff.customers.do'), show: (row) => <ActiveButton notice={row} /> },
          ]}
        />
      </Card>
    </Page>
  );
}
