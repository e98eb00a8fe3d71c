import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Amount } from '@/components/amount';
import { Card } from '@/components/card';
import { DataTable } from '@/components/data-table';
import { ListStates } from '@/components/list-states';
import { trialBalanceQuery } from '@/lib/bank/trial-balance';
import { sharesOf } from '../shares';
import classes from './work.module.css';

/** What customers have with the bank, by product: the very lines of the trial balance. */
export function MoneyCard() {
  const { t } = useTranslation();
  const balance = useQuery(trialBalanceQuery(''));
  const rows = sharesOf(balance.data?.currencies ?? []);
  return (
    <Card title={t('staff.work.money')}>
      <ListStates query={balance} empty={rows.length === 0} emptyIcon="wallet" emptyText={t('staff.work.noMoney')}>
        <DataTable
          label={t('staff.work.money')}
          rows={rows}
          rowKey={(row) => `${row.product} ${row.currency}`}
          columns={[
            { name: t('staff.work.product'), show: (row) => row.product },
            { name: t('staff.work.accounts'), show: (row) => row.accounts, number: true },
            {
              name: t('staff.work.sum'),
              show: (row) => <Amount minor={row.minor} currency={row.currency} />,
              number: true,
            },
            {
              name: t('staff.work.share'),
              show: (row) => (
                <span className={classes.share}>
                  <span className={classes.track} aria-hidden="true">
                    <span className={classes.bar} style={{ width: `${row.percent}%` }} />
                  </span>
                  {row.percent} %
                </span>
              ),
            },
          ]}
        />
      </ListStates>
    </Card>
  );
}
