import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/card';
import { DownloadLink } from '@/components/download-link';
import { Page } from '@/components/page';
import { PagedTable } from '@/components/paged-table';
import { formatDay, formatMoment } from '@/lib/dates';
import { locale } from '@/lib/i18n';
import { reportsQuery } from '../api/reports';

export function ReportsPage() {
  const { t } = useTranslation();
  const reports = useInfiniteQuery(reportsQuery());
  return (
    <Page title={t('staff.places.reports')}>
      <Card>
        <PagedTable
          query={reports}
          label={t('staff.places.reports')}
          emptyIcon="file-text"
          emptyText={t('staff.reports.none')}
          rowKey={(row) => `${row.kind} ${row.business_date}`}
          columns={[
            { name: t('staff.day.businessDate'), show: (row) => formatDay(row.business_date, locale()) },
            { name: t('staff.find.type'), show: (row) => t(`staff.reports.kinds.${row.kind}`) },
            { name: t('staff.reports.rows'), show: (row) => row.row_count, number: true },
            { name: t('staff.reports.written'), show: (row) => formatMoment(row.created_at, locale()) },
            {
              name: t('staff.customers.do'),
              show: (row) => (
                <DownloadLink
                  href={`/api/v1/reports/${row.kind}/${row.business_date}?format=csv`}
                  label={t('staff.reports.saveOf', {
                    kind: t(`staff.reports.kinds.${row.kind}`),
                    day: formatDay(row.business_date, locale()),
                  })}
                >
                  {t('staff.reports.save')}
                </DownloadLink>
              ),
            },
          ]}
        />
      </Card>
    </Page>
  );
}
