import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { locale } from '@/lib/i18n';
import { formatAmount, parseAmount, typedAmount } from '@/lib/money';

type AmountInputProps = {
  value: string;
  currency: string;
  onChange: (typed: string) => void;
  /** The most that can be moved, if there is a most. */
  availableMinor?: number | undefined;
  /** Errors appear once the person has tried to go on. */
  strict: boolean;
};

/** An amount as people of the language type it; says at once when it is more than there is. */
export function AmountInput({ value, currency, onChange, availableMinor, strict }: AmountInputProps) {
  const { t } = useTranslation();
  const parsed = parseAmount(value, currency, locale());
  const known = availableMinor === undefined ? null : formatAmount(Math.max(0, availableMinor), currency, locale());
  const tooMuch = 'minor' in parsed && availableMinor !== undefined && parsed.minor > availableMinor;
  const example = typedAmount(123450, currency, locale());
  let error: string | undefined;
  if (tooMuch) error = t('payments.tooMuch', { amount: known });
  else if ('wrong' in parsed && (strict || (value !== '' && parsed.wrong !== 'not-positive'))) {
    error = t(`payments.wrongAmount.${parsed.wrong}`, { example });
  }
  return (
    <TextInput
      label={t('payments.amount', { currency })}
      description={known ? t('payments.upTo', { amount: known }) : undefined}
      inputMode="decimal"
      autoComplete="off"
      value={value}
      error={error}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
