import { changeOf, isBetweenOwn, type Transaction } from '@/lib/bank/movements';

export type Week = { from: string; inMinor: number; outMinor: number };

/** Sum what came in and went out per week (Monday to Sunday), oldest first; moves between own accounts are neither. */
export function weeklyFlow(transactions: Transaction[], currency: string): Week[] {
  const weeks = new Map<string, Week>();
  for (const transaction of transactions) {
    if (transaction.currency !== currency || isBetweenOwn(transaction)) continue;
    const from = mondayOf(transaction.business_date);
    const week = weeks.get(from) ?? { from, inMinor: 0, outMinor: 0 };
    const change = changeOf(transaction);
    if (change > 0) week.inMinor += change;
    else week.outMinor -= change;
    weeks.set(from, week);
  }
  return [...weeks.values()].sort((one, other) => one.from.localeCompare(other.from));
}

function mondayOf(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
  return date.toISOString().slice(0, 10);
}
