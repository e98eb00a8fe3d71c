import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/card';
import { DownloadLink } from '@/components/download-link';
import { PagedTable } from '@/components/paged-table';
import { formatDay } from '@/lib/dates';
import { locale } from '@/lib/i18n';
import { contractStatementsQuery } from '../api/contract-statements';

/** The statements as they were made, to read also long after the account was closed. */
export function StatementsCard({ accountId }: { accountId: string }) {
  const { t } = useTranslation();
  const statements = useInfiniteQuery(contractStatementsQuery(accountId));
  return (
    <Card title={t('staff.contracts.statements')}>
      <PagedTable
        query={statements}
        label={t('staff.contracts.statements')}
        emptyIcon="file-text"
        emptyText={t('staff.contracts.noStatements')}
        rowKey={(row) => row.id}
        columns={[
          { name: t('staff.customers.number'), show: (row) => row.number ?? '' },
          { name: t('staff.customers.from'), show: (row) => formatDay(row.from, locale()) },
          { name: t('staff.customers.until'), show: (row) => formatDay(row.to, locale()) },
          {
            name: t('staff.customers.do'),
            show: (row) =>
              row.status === 'ready' ? (
                <DownloadLink
                  href={`/api/v1/statements/${row.id}?format=pdf`}
                  label={t('staff.contracts.saveOf', { number: row.number ?? row.id })}
                >
                  PDF
                </DownloadLink>
              ) : null,
          },
        ]}
      />
    </Card>
  );
}
