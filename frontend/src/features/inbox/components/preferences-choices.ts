import type { Schemas } from '@/lib/api/client';
import type { Account } from '@/lib/bank/accounts';
import { locale } from '@/lib/i18n';
import { parseAmount, typedAmount } from '@/lib/money';
import type { Preferences } from '../api/preferences';

export const EVENTS = [
  'transfer',
  'deposit',
  'withdrawal',
  'interest',
  'fee',
  'correction',
  'statement',
  'order',
  'account',
  'approval',
  'ticket',
  'alert',
  'welcome',
  'security',
] as const;
type Event = (typeof EVENTS)[number];

/** The form as it is typed; an empty amount means no alert. */
export type Choices = {
  events: Record<Event, { mail: boolean; push: boolean }>;
  quiet: boolean;
  quietFrom: string;
  quietTo: string;
  zone: string;
  language: 'en' | 'de';
  large: string;
  largeCurrency: string;
  below: Record<string, string>;
};

export function choicesOf(stored: Preferences): Choices {
  const quiet = stored.quiet_hours;
  const large = stored.large_movement;
  return {
    events: Object.fromEntries(
      EVENTS.map((event) => [event, stored.events[event] ?? { mail: true, push: true }]),
    ) as Choices['events'],
    quiet: quiet !== null,
    quietFrom: quiet?.from ?? '22:00',
    quietTo: quiet?.to ?? '07:00',
    zone: quiet?.time_zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    language: stored.language,
    large: large ? typedAmount(large.from_minor, large.currency, locale()) : '',
    largeCurrency: large?.currency ?? 'EUR',
    below: Object.fromEntries(
      stored.balance_below.map((line) => [line.account_id, typedAmount(line.below_minor, line.currency, locale())]),
    ),
  };
}

/** What to send, or null while an amount or a time is not right. */
export function requestOf(choices: Choices, accounts: Account[]): Schemas['PreferencesRequest'] | null {
  const large = amountOf(choices.large, choices.largeCurrency);
  const lines = accounts.map((account) => ({
    account,
    minor: amountOf(choices.below[account.id] ?? '', account.currency),
  }));
  const times = choices.quietFrom && choices.quietTo && choices.quietFrom !== choices.quietTo;
  if (large === undefined || lines.some((line) => line.minor === undefined) || (choices.quiet && !times)) return null;
  return {
    events: choices.events,
    quiet_hours: choices.quiet ? { from: choices.quietFrom, to: choices.quietTo, time_zone: choices.zone } : null,
    language: choices.language,
    large_movement: large === null ? null : { from_minor: large, currency: choices.largeCurrency },
    balance_below: lines.flatMap(({ account, minor }) =>
      typeof minor === 'number' ? [{ account_id: account.id, below_minor: minor, currency: account.currency }] : [],
    ),
  };
}

/** Minor units; null for nothing typed, undefined for what is no amount. */
function amountOf(typed: string, currency: string): number | null | undefined {
  const parsed = parseAmount(typed, currency, locale());
  if ('minor' in parsed) return parsed.minor;
  return parsed.wrong === 'empty' ? null : undefined;
}
