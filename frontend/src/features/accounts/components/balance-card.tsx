import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Amount } from '@/components/amount';
import { Card } from '@/components/card';
import { Facts } from '@/components/facts';
import { ListStates } from '@/components/list-states';
import type { Balance } from '@/lib/bank/balances';
import { balanceOfQuery } from '../api/balance-of';
import classes from './account-page.module.css';

/** Booked and available, and why they differ. */
export function BalanceCard({ accountId, hidden }: { accountId: string; hidden: boolean }) {
  const { t } = useTranslation();
  const balance = useQuery(balanceOfQuery(accountId));
  return (
    <Card>
      <ListStates query={balance} empty={false} emptyIcon="wallet" emptyText="" rows={2}>
        {balance.data ? (
          <>
            <div className={classes.figures}>
              <Figure
                name={t('accounts.booked')}
                minor={balance.data.booked_minor}
                balance={balance.data}
                hidden={hidden}
              />
              <Figure
                name={t('accounts.available')}
                minor={balance.data.available_minor}
                balance={balance.data}
                hidden={hidden}
              />
            </div>
            <details className={classes.why}>
              <summary>{t('accounts.why')}</summary>
              <Parts balance={balance.data} hidden={hidden} />
            </details>
          </>
        ) : null}
      </ListStates>
    </Card>
  );
}

type FigureProps = { name: string; minor: number; balance: Balance; hidden: boolean };

function Figure({ name, minor, balance, hidden }: FigureProps) {
  return (
    <div>
      <div className={classes.quiet}>{name}</div>
      <div className={classes.figure}>
        <Amount minor={minor} currency={balance.currency} hidden={hidden} strong />
      </div>
    </div>
  );
}

/** The parts add up to what is available; the bank sends each with its sign. */
function Parts({ balance, hidden }: { balance: Balance; hidden: boolean }) {
  const { t } = useTranslation();
  const rows = balance.parts
    .filter((part) => part.kind === 'booked' || part.amount_minor !== 0)
    .map((part, position): [string, React.ReactNode] => [
      position > 0 && part.kind === 'hold' ? `${t('accounts.part.hold')} ${position}` : t(`accounts.part.${part.kind}`),
      <Amount key={part.kind} minor={part.amount_minor} currency={balance.currency} kind="movement" hidden={hidden} />,
    ]);
  const sum = <Amount minor={balance.available_minor} currency={balance.currency} hidden={hidden} strong />;
  return <Facts rows={[...rows, [t('accounts.available'), sum]]} />;
}
