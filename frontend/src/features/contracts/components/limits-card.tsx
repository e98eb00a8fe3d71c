import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Amount } from '@/components/amount';
import { Card } from '@/components/card';
import { DataTable } from '@/components/data-table';
import { ListStates } from '@/components/list-states';
import { useMay } from '@/lib/staff';
import { contractLimitsQuery } from '../api/contract-limits';
import { LimitsDialog } from './limits-dialog';

const kinds = ['per_transaction_minor', 'per_day_minor', 'per_month_minor', 'per_day_count'] as const;

/** What may leave the account: by the product, and by the owners' own wish, which the bank changes for them, too. */
export function LimitsCard({ accountId }: { accountId: string }) {
  const { t } = useTranslation();
  const limits = useQuery(contractLimitsQuery(accountId));
  const found = limits.data;
  const maySet = useMay('limits.set');
  const show = (of: 'product' | 'own', kind: (typeof kinds)[number]) => {
    const value = found?.[of][kind];
    if (value === null || value === undefined) return t('common.none');
    return kind === 'per_day_count' ? value : <Amount minor={value} currency={found?.currency ?? 'EUR'} />;
  };
  return (
    <Card
      title={t('staff.contracts.limits')}
      aside={found && maySet ? <LimitsDialog accountId={accountId} limits={found} /> : null}
    >
      <ListStates query={limits} empty={false} emptyIcon="lock" emptyText="">
        <DataTable
          label={t('staff.contracts.limits')}
          rows={[...kinds]}
          rowKey={(kind) => kind}
          columns={[
            { name: t('staff.contracts.limit'), show: (kind) => t(`staff.contracts.kinds.${kind}`) },
            { name: t('staff.contracts.ofProduct'), show: (kind) => show('product', kind), number: true },
            { name: t('staff.contracts.own'), show: (kind) => show('own', kind), number: true },
          ]}
        />
      </ListStates>
    </Card>
  );
}
