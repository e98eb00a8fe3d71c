import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Amount } from '@/components/amount';
import { Card } from '@/components/card';
import { PagedTable } from '@/components/paged-table';
import { ReasonButton } from '@/components/reason-button';
import { formatMoment } from '@/lib/dates';
import { locale } from '@/lib/i18n';
import { useMay } from '@/lib/staff';
import { holdsQuery } from '../api/holds';
import { releaseHold } from '../api/release-hold';

/** What is set aside, and the way to give it back with a reason. */
export function HoldsCard({ accountId }: { accountId: string }) {
  const { t } = useTranslation();
  const mayRelease = useMay('hold.release');
  const holds = useInfiniteQuery(holdsQuery(accountId));
  return (
    <Card title={t('staff.contracts.holds')}>
      <PagedTable
        query={holds}
        label={t('staff.contracts.holds')}
        emptyIcon="lock"
        emptyText={t('staff.contracts.noHolds')}
        rowKey={(row) => row.id}
        columns={[
          { name: t('staff.audit.at'), show: (row) => formatMoment(row.created_at, locale()) },
          { name: t('staff.find.text'), show: (row) => row.description },
          {
            name: t('staff.find.amount'),
            show: (row) => <Amount minor={row.amount_minor} currency={row.currency} />,
            number: true,
          },
          { name: t('staff.customers.status'), show: (row) => t(`staff.contracts.holdStates.${row.status}`) },
          { name: t('staff.customers.until'), show: (row) => formatMoment(row.expires_at, locale()) },
          {
            name: t('staff.customers.do'),
            show: (row) =>
              row.status === 'held' && mayRelease ? (
                <ReasonButton
                  name={t('staff.contracts.release')}
                  subject={row.description || row.id}
                  changes={['holds', 'balances']}
                  give={(reason, key) => releaseHold(row.id, reason, key)}
                />
              ) : null,
          },
        ]}
      />
    </Card>
  );
}
