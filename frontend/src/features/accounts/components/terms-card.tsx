import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Amount } from '@/components/amount';
import { Card } from '@/components/card';
import { Facts } from '@/components/facts';
import type { Account } from '@/lib/bank/accounts';
import { productsQuery } from '@/lib/bank/products';
import classes from './account-page.module.css';

const LIMITS = [
  ['per_transaction_minor', 'manage.perTransaction'],
  ['per_day_minor', 'manage.perDay'],
  ['per_month_minor', 'manage.perMonth'],
] as const;

/** What the product allows: limits, minimum balance, overdraft. Folded until somebody asks. */
export function TermsCard({ account }: { account: Account }) {
  const { t } = useTranslation();
  const product = useQuery(productsQuery).data?.find((one) => one.id === account.product);
  if (!product) return null;
  const limits = product.limits as Record<string, unknown>;
  const money = (minor: number) => <Amount minor={minor} currency={account.currency} />;
  const rows: [string, ReactNode][] = LIMITS.map(([name, label]) => {
    const limit = limits[name];
    return [t(label), typeof limit === 'number' ? money(limit) : t('manage.noLimit')];
  });
  if (typeof limits.per_day_count === 'number') rows.push([t('manage.perDayCount'), String(limits.per_day_count)]);
  rows.push(
    [t('accounts.part.min-balance'), money(product.min_balance_minor)],
    [t('accounts.part.overdraft-limit'), money(product.overdraft_limit_minor)],
    [t('accounts.product'), product.name],
  );
  return (
    <Card>
      <details className={classes.why}>
        <summary>{t('manage.terms')}</summary>
        <Facts rows={rows} />
        <p className={classes.quiet}>{t('manage.termsText')}</p>
      </details>
    </Card>
  );
}
