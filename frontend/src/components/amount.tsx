import { useTranslation } from 'react-i18next';
import { locale } from '@/lib/i18n';
import { formatAmount } from '@/lib/money';
import classes from './amount.module.css';

type AmountProps = {
  /** In minor units; its sign says the direction. */
  minor: number;
  currency: string;
  /** `movement` shows a sign for both directions; `plain` only what is below zero. */
  kind?: 'plain' | 'movement';
  /** Whoever hides balances sees dots. */
  hidden?: boolean;
  strong?: boolean;
};

/** Every amount in the app: tabular digits, and a sign as well as a colour. */
export function Amount({ minor, currency, kind = 'plain', hidden = false, strong = false }: AmountProps) {
  const { t } = useTranslation();
  const tone = kind === 'movement' && minor > 0 ? classes.in : undefined;
  const name = [classes.amount, tone, strong ? classes.strong : undefined].filter(Boolean).join(' ');
  if (hidden) {
    return (
      <span className={name}>
        <span aria-hidden="true">••••••</span>
        <span className="for-screen-readers">{t('common.amountHidden')}</span>
      </span>
    );
  }
  return (
    <span className={name} data-minor={minor}>
      {signOf(minor, kind)}
      {formatAmount(minor, currency, locale())}
    </span>
  );
}

function signOf(minor: number, kind: 'plain' | 'movement'): string {
  if (minor < 0) return '\u2212';
  return kind === 'movement' && minor > 0 ? '+' : '';
}
