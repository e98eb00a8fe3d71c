import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { accountsQuery } from '@/lib/bank/accounts';
import { businessDateQuery } from '@/lib/bank/business-date';
import { locale } from '@/lib/i18n';
import { hasRightCheckDigits, plainIban } from '@/lib/iban';
import { parseAmount } from '@/lib/money';
import type { OrderWish } from '../api/place-order';

export const rhythms = ['once', 'daily', 'weekly', 'fortnightly', 'monthly', 'quarterly', 'yearly'] as const;
export const calendarRules = ['following', 'preceding', 'modified-following', 'none'] as const;

type Typed = {
  fromId: string;
  own: boolean;
  toId: string;
  name: string;
  number: string;
  amount: string;
  text: string;
  rhythm: (typeof rhythms)[number];
  startOn: string;
  endOn: string;
  rule: (typeof calendarRules)[number];
};
export type OrderForm = ReturnType<typeof useOrderForm>;

/** What has been typed, and the order that follows from it as far as the form is right. */
export function useOrderForm() {
  const accounts = useQuery(accountsQuery);
  const bankDay = useQuery(businessDateQuery).data;
  const [typed, setTyped] = useState<Typed>({
    fromId: '',
    own: false,
    toId: '',
    name: '',
    number: '',
    amount: '',
    text: '',
    rhythm: 'monthly',
    startOn: '',
    endOn: '',
    rule: 'following',
  });
  const open = (accounts.data ?? []).filter((account) => account.status === 'open');
  const from = open.find((account) => account.id === typed.fromId) ?? open[0];
  const others = open.filter((account) => account.id !== from?.id && account.currency === from?.currency);
  const to = others.find((account) => account.id === typed.toId) ?? others[0];
  const currency = from?.currency ?? 'EUR';
  const startOn = typed.startOn || bankDay?.next_business_date || '';
  const iban = plainIban(typed.number);
  const own = typed.own && to !== undefined;
  const payeeIsRight = own || (typed.name.trim() !== '' && hasRightCheckDigits(iban));
  const daysAreRight = startOn !== '' && (typed.endOn === '' || typed.endOn >= startOn);
  const payee = own ? { to_account_id: to.id } : payeeIsRight ? { to_account_number: iban } : null;
  const wanted =
    from && payee && daysAreRight ? wish(typed, startOn, { from_account_id: from.id, currency, ...payee }) : null;
  return {
    typed,
    change: (changed: Partial<Typed>) => setTyped((now) => ({ ...now, ...changed })),
    accounts,
    open,
    from,
    others,
    to,
    own,
    currency,
    startOn,
    earliest: bankDay?.business_date,
    iban,
    ibanIsRight: hasRightCheckDigits(iban),
    daysAreRight,
    wanted,
  };
}

type Fixed = Pick<OrderWish, 'from_account_id' | 'currency' | 'to_account_id' | 'to_account_number'>;

function wish(typed: Typed, startOn: string, fixed: Fixed): OrderWish | null {
  const amount = parseAmount(typed.amount, fixed.currency, locale());
  if (!('minor' in amount)) return null;
  return {
    ...fixed,
    amount_minor: amount.minor,
    description: typed.text.trim(),
    rhythm: typed.rhythm,
    start_on: startOn,
    ...(typed.endOn && typed.rhythm !== 'once' ? { end_on: typed.endOn } : {}),
    calendar_rule: typed.rule,
    retries: 2,
  };
}
