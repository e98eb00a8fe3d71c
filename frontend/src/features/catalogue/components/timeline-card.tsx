import { Badge, NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/card';
import { ListStates } from '@/components/list-states';
import type { Schemas } from '@/lib/api/client';
import { businessDateQuery } from '@/lib/bank/business-date';
import type { Product } from '@/lib/bank/products';
import { formatDay } from '@/lib/dates';
import { locale } from '@/lib/i18n';
import { formatAmount, formatPercent } from '@/lib/money';
import { versionsQuery } from '../api/versions';
import classes from './catalogue.module.css';
import { type EffectiveDay, effectiveDays } from './effective-days';

type TimelineCardProps = { products: Product[]; rates: Schemas['InterestRateAnswer'][] };

/** From which day on what holds for a product: terms and rates on one line, those to come above today's. */
export function TimelineCard({ products, rates }: TimelineCardProps) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState('');
  const product = products.find((one) => one.id === chosen) ?? products[0];
  const versions = useQuery(versionsQuery(product?.id ?? ''));
  const today = useQuery(businessDateQuery).data?.business_date ?? '';
  const currency = product?.currencies[0] ?? 'EUR';
  const days = effectiveDays(
    versions.data ?? [],
    rates.filter((rate) => rate.product === product?.id && rate.withdrawn_at === null),
  );
  const words = ({ what }: EffectiveDay) => {
    if (what.kind === 'terms') return t('staff.catalogue.version', { version: what.version });
    const { rate_basis_points, side, tier_from_minor } = what.rate;
    return t(`staff.catalogue.rateOf.${side === 'debit' ? 'debit' : 'credit'}`, {
      rate: formatPercent(rate_basis_points, locale()),
      from: formatAmount(tier_from_minor, currency, locale()),
    });
  };
  return (
    <Card title={t('staff.catalogue.timeline')}>
      <NativeSelect
        label={t('staff.catalogue.product')}
        data={products.map((one) => ({ value: one.id, label: one.name }))}
        value={product?.id ?? ''}
        onChange={(event) => setChosen(event.currentTarget.value)}
      />
      <ListStates
        query={versions}
        empty={days.length === 0}
        emptyIcon="calendar"
        emptyText={t('staff.catalogue.noRates')}
      >
        <ol className={classes.timeline} aria-label={t('staff.catalogue.timeline')}>
          {days.map((one) => (
            <li key={one.key} data-ahead={one.day > today || undefined}>
              <span className={classes.day}>
                {formatDay(one.day, locale())}
                {one.day > today ? <Badge variant="default">{t('staff.catalogue.ahead')}</Badge> : null}
              </span>
              <strong>{words(one)}</strong>
              <span className={classes.quiet}>{[one.why, one.by].filter(Boolean).join(' · ')}</span>
            </li>
          ))}
        </ol>
      </ListStates>
    </Card>
  );
}
