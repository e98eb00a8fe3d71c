import type { Schemas } from '@/lib/api/client';

type Version = Schemas['ProductVersionAnswer'];
type Rate = Schemas['InterestRateAnswer'];
export type EffectiveDay = {
  key: string;
  day: string;
  what: { kind: 'terms'; version: number } | { kind: 'rate'; rate: Rate };
  by: string;
  why: string;
};

/** What holds from which day on, of terms and rates together: the latest first. */
export function effectiveDays(versions: Version[], rates: Rate[]): EffectiveDay[] {
  const days: EffectiveDay[] = [
    ...versions.map((one) => ({
      key: `terms ${one.version}`,
      day: one.effective_from,
      what: { kind: 'terms' as const, version: one.version },
      by: one.created_by,
      why: one.note ?? '',
    })),
    ...rates.map((one) => ({
      key: one.id,
      day: one.effective_from,
      what: { kind: 'rate' as const, rate: one },
      by: one.created_by,
      why: one.note ?? '',
    })),
  ];
  return days.sort((one, other) => other.day.localeCompare(one.day) || one.key.localeCompare(other.key));
}
