import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { changeOf, isBetweenOwn, type Transaction } from '@/lib/bank/movements';
import { formatDay } from '@/lib/dates';
import { locale } from '@/lib/i18n';
import { Amount } from './amount';
import { Icon, type IconName } from './icon';
import classes from './movement-row.module.css';

const icons: Record<Transaction['type'], IconName> = {
  deposit: 'arrow-down-left',
  withdrawal: 'arrow-up-right',
  transfer: 'arrows-exchange',
  capture: 'credit-card',
  fee: 'receipt',
  interest: 'percentage',
  adjustment: 'pencil',
  reversal: 'history',
};

type MovementRowProps = {
  transaction: Transaction;
  /** Seen from this account; without it from all of the customer's accounts together. */
  accountId?: string;
  hidden?: boolean;
};

/** One movement in a list; it leads to everything that is known of it. */
export function MovementRow({ transaction, accountId, hidden = false }: MovementRowProps) {
  const { t } = useTranslation();
  const own = accountId === undefined && isBetweenOwn(transaction);
  const change = own ? transaction.amount_minor : changeOf(transaction, accountId);
  const seen = accountId ?? transaction.postings[0]?.account_id ?? '';
  const posting = transaction.postings.find((one) => one.account_id === accountId);
  const type = t(`transactions.type.${transaction.type}`);
  const name = own ? t('transactions.betweenOwn') : (transaction.counterparty?.name ?? type);
  return (
    <Link
      to="/accounts/$accountId/movements/$transactionId"
      params={{ accountId: seen, transactionId: transaction.id }}
      className={classes.row}
    >
      <span className={classes.mark}>
        <Icon name={icons[transaction.type]} size={18} />
      </span>
      <span className={classes.who}>
        <span className={classes.name}>
          {name}
          {transaction.status === 'reversed' ? <em className={classes.state}>{t('transactions.reversed')}</em> : null}
        </span>
        <span className={classes.what}>{transaction.description || type}</span>
      </span>
      <span className={classes.day}>{formatDay(transaction.business_date, locale())}</span>
      <span className={classes.sums}>
        <Amount minor={change} currency={transaction.currency} kind={own ? 'plain' : 'movement'} hidden={hidden} />
        {posting ? (
          <span className={classes.after}>
            <Amount minor={posting.balance_after_minor} currency={transaction.currency} hidden={hidden} />
          </span>
        ) : null}
      </span>
    </Link>
  );
}
