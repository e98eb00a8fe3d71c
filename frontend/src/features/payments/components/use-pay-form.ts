import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Account, accountsQuery } from '@/lib/bank/accounts';
import { balancesQuery } from '@/lib/bank/balances';
import { locale } from '@/lib/i18n';
import { groupedIban, hasRightCheckDigits, plainIban } from '@/lib/iban';
import { parseAmount, typedAmount } from '@/lib/money';
import type { Order } from '../order';

type Typed = { fromId: string; own: boolean; toId: string; name: string; number: string; amount: string; text: string };
export type PayForm = ReturnType<typeof usePayForm>;

/** What has been typed, and what follows from it. */
export function usePayForm(order: Order | null, wishedFrom: string | undefined) {
  const [typed, setTyped] = useState<Typed>(() => typedBefore(order, wishedFrom));
  const accounts = useQuery(accountsQuery);
  const open = (accounts.data ?? []).filter((account) => account.status === 'open');
  const balances = useQuery(balancesQuery(open.map((account) => account.id))).data;
  const from = open.find((account) => account.id === typed.fromId) ?? open[0];
  const others = open.filter((account) => account.id !== from?.id && account.currency === from?.currency);
  const to = others.find((account) => account.id === typed.toId) ?? others[0];
  const currency = from?.currency ?? 'EUR';
  const iban = plainIban(typed.number);
  return {
    typed,
    change: (changed: Partial<Typed>) => setTyped((now) => ({ ...now, ...changed })),
    accounts,
    open,
    from,
    others,
    to,
    currency,
    iban,
    ibanIsRight: hasRightCheckDigits(iban),
    available: balances?.find((balance) => balance.account_id === from?.id)?.available_minor,
    wanted: wantedOrder(typed, from, to, currency, iban),
  };
}

function typedBefore(order: Order | null, wishedFrom: string | undefined): Typed {
  return {
    fromId: order?.fromAccountId ?? wishedFrom ?? '',
    own: order?.toAccountId !== undefined,
    toId: order?.toAccountId ?? '',
    name: order?.payeeName ?? '',
    number: groupedIban(order?.toAccountNumber ?? ''),
    amount: order ? typedAmount(order.amountMinor, order.currency, locale()) : '',
    text: order?.description ?? '',
  };
}

type Wanted = Omit<Order, 'id' | 'key' | 'state' | 'booked'>;

/** The order as far as the form is right, else null. */
function wantedOrder(
  typed: Typed,
  from: Account | undefined,
  to: Account | undefined,
  currency: string,
  iban: string,
): Wanted | null {
  const amount = parseAmount(typed.amount, currency, locale());
  if (!from || !('minor' in amount)) return null;
  const base = { kind: 'transfer', fromAccountId: from.id, amountMinor: amount.minor, currency } as const;
  const whole = { ...base, description: typed.text.trim() };
  if (typed.own) return to ? { ...whole, toAccountId: to.id, toAccountNumber: to.account_number } : null;
  const name = typed.name.trim();
  return name && hasRightCheckDigits(iban) ? { ...whole, toAccountNumber: iban, payeeName: name } : null;
}
