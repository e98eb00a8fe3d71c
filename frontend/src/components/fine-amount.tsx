import { useTranslation } from 'react-i18next';
import { locale } from '@/lib/i18n';
import { formatFineAmount } from '@/lib/money';
import { Amount } from './amount';
import classes from './amount.module.css';

type FineAmountProps = {
  /** Minor units as a decimal text, such as `1.234567`: interest is exact far below a cent. */
  minor: string;
  currency: string;
  hidden?: boolean;
};

/** Less than the smallest coin: interest as it accrues. */
export function FineAmount({ minor, currency, hidden = false }: FineAmountProps) {
  const { t } = useTranslation();
  if (hidden) return <Amount minor={0} currency={currency} hidden />;
  return (
    <span className={classes.amount} title={t('interest.exact', { minor })}>
      {formatFineAmount(minor, currency, locale())}
    </span>
  );
}
