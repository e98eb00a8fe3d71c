import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/lib/api/client';
import { LIMIT_LABELS, type LimitName, readLimits, type TypedLimits } from '@/lib/bank/typed-limits';
import { locale } from '@/lib/i18n';
import { formatAmount, typedAmount } from '@/lib/money';

type LimitFieldsProps = {
  typed: TypedLimits;
  currency: string;
  /** What the product allows at most. */
  product: Schemas['LimitsOf'];
  onChange: (typed: TypedLimits) => void;
};

/** The limits of an account as they are typed; each says what the product allows. */
export function LimitFields({ typed, currency, product, onChange }: LimitFieldsProps) {
  const { t } = useTranslation();
  const { wrong } = readLimits(typed, currency, locale());
  const bound = (name: LimitName) => {
    const limit = product[name];
    if (limit === null || limit === undefined) return undefined;
    const words = name === 'per_day_count' ? String(limit) : formatAmount(limit, currency, locale());
    return t('manage.productLimit', { limit: words });
  };
  const example = typedAmount(123450, currency, locale());
  return LIMIT_LABELS.map(([name, label]) => (
    <TextInput
      key={name}
      label={name === 'per_day_count' ? t(label) : `${t(label)} (${currency})`}
      description={bound(name)}
      placeholder={t('manage.noLimit')}
      inputMode={name === 'per_day_count' ? 'numeric' : 'decimal'}
      autoComplete="off"
      value={typed[name]}
      error={wrong[name] ? t(`payments.wrongAmount.${wrong[name]}`, { example }) : undefined}
      onChange={(event) => onChange({ ...typed, [name]: event.currentTarget.value })}
    />
  ));
}
