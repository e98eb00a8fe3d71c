import i18next from 'i18next';
import { locale } from '@/lib/i18n';
import { formatAmount } from '@/lib/money';
import { NoAnswerError, ProblemError } from './problem';

type Words = { title: string; nextStep: string };

/** Say an error in the reader's words. A code without words of its own falls back to what the bank said. */
export function problemWords(error: unknown): Words {
  if (error instanceof NoAnswerError) return own(`no-answer.${error.reason}`, {}) ?? unknownFault();
  if (!(error instanceof ProblemError)) return unknownFault();
  return own(error.code.replace('.', '_'), numbersOf(error)) ?? foreign(error) ?? unknownFault();
}

function own(key: string, numbers: Record<string, string>): Words | null {
  if (!i18next.exists(`problems.${key}.title`)) return null;
  const say = i18next.t as unknown as (key: string, options: Record<string, string>) => string;
  return { title: say(`problems.${key}.title`, numbers), nextStep: say(`problems.${key}.next`, numbers) };
}

function foreign(error: ProblemError): Words | null {
  return error.title ? { title: error.title, nextStep: error.nextStep } : null;
}

function unknownFault(): Words {
  return { title: i18next.t('problems.internal_fault.title'), nextStep: i18next.t('problems.internal_fault.next') };
}

/** The numbers that decided, as the sentences need them. */
function numbersOf(error: ProblemError): Record<string, string> {
  const currency = error.text('currency') ?? error.text('account_currency') ?? 'EUR';
  const found: Record<string, string> = { wait: waitText(error.retryAfterSeconds), detail: error.detail };
  for (const [name, value] of Object.entries(error.members)) {
    if (typeof value !== 'number') continue;
    const sign = value < 0 ? '\u2212' : '';
    found[name] = name.endsWith('_minor') ? sign + formatAmount(value, currency, locale()) : String(value);
  }
  return found;
}

export function waitText(seconds: number | null): string {
  const whole = Math.max(1, Math.ceil(seconds ?? 1));
  return whole < 60
    ? i18next.t('common.seconds', { count: whole })
    : i18next.t('common.minutes', { count: Math.ceil(whole / 60) });
}
