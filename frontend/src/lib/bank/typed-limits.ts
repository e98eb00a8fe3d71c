import type { Schemas } from '@/lib/api/client';
import { parseAmount, typedAmount } from '@/lib/money';

export const LIMIT_LABELS = [
  ['per_transaction_minor', 'manage.perTransaction'],
  ['per_day_minor', 'manage.perDay'],
  ['per_month_minor', 'manage.perMonth'],
  ['per_day_count', 'manage.perDayCount'],
] as const;

export type LimitName = (typeof LIMIT_LABELS)[number][0];
export type TypedLimits = Record<LimitName, string>;
type Wrong = 'not-a-number' | 'too-precise' | 'not-positive' | 'too-large';

const MOST_A_DAY = 10_000;

/** Read limits as people type them; an empty field is no limit of one's own. */
export function readLimits(typed: TypedLimits, currency: string, locale: string) {
  const limits: Schemas['LimitsRequest'] = {};
  const wrong: Partial<Record<LimitName, Wrong>> = {};
  for (const [name] of LIMIT_LABELS) {
    const text = typed[name].trim();
    if (text === '') continue;
    const read = name === 'per_day_count' ? parseCount(text) : parseAmount(text, currency, locale);
    if ('minor' in read) limits[name] = read.minor;
    else if (read.wrong !== 'empty') wrong[name] = read.wrong;
  }
  return { limits, wrong };
}

/** Write limits as people type them; what is no limit is empty. */
export function asTyped(limits: Schemas['LimitsOf'], currency: string, locale: string): TypedLimits {
  const typed = {} as TypedLimits;
  for (const [name] of LIMIT_LABELS) {
    const limit = limits[name];
    if (limit === null || limit === undefined) typed[name] = '';
    else typed[name] = name === 'per_day_count' ? String(limit) : typedAmount(limit, currency, locale);
  }
  return typed;
}

function parseCount(text: string): { minor: number } | { wrong: Wrong } {
  if (!/^\d+$/.test(text)) return { wrong: 'not-a-number' };
  const count = Number(text);
  if (count > MOST_A_DAY) return { wrong: 'too-large' };
  return count > 0 ? { minor: count } : { wrong: 'not-positive' };
}
