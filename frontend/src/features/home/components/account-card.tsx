import { Badge } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Amount } from '@/components/amount';
import { Iban } from '@/components/iban';
import type { texts } from '@/config/texts/en/all';
import type { Account } from '@/lib/bank/accounts';
import type { Balance } from '@/lib/bank/balances';
import classes from './home-page.module.css';

type AccountCardProps = { account: Account; name: string; balance: Balance | undefined; hidden: boolean };

export function AccountCard({ account, name, balance, hidden }: AccountCardProps) {
  const { t } = useTranslation();
  const differs = balance && balance.available_minor !== balance.booked_minor;
  return (
    <Link to="/accounts/$accountId" params={{ accountId: account.id }} className={classes.account}>
      <span className={classes.accountHead}>
        <span className={classes.accountName}>{name}</span>
        <Badge variant="default">
          {account.status === 'open' ? account.currency : t(`accounts.status.${statusOf(account)}`)}
        </Badge>
      </span>
      <span className={classes.accountSum}>
        {balance ? <Amount minor={balance.booked_minor} currency={balance.currency} hidden={hidden} strong /> : '…'}
      </span>
      {differs ? (
        <span className={classes.quiet}>
          {t('home.available')} <Amount minor={balance.available_minor} currency={balance.currency} hidden={hidden} />
        </span>
      ) : null}
      <Iban number={account.account_number} />
    </Link>
  );
}

type Status = keyof typeof texts.accounts.status;

function statusOf(account: Account): Status {
  return account.status as Status;
}
