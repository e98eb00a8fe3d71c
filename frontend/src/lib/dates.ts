const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format takes longer than using it hundreds of times. */
function format(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const name = `${locale} ${options.timeStyle ?? ''} ${options.timeZone ?? ''}`;
  const known = formats.get(name) ?? new Intl.DateTimeFormat(locale, options);
  formats.set(name, known);
  return known;
}

/** A moment (RFC 3339) with its time of day. */
export function formatMoment(moment: string, locale: string): string {
  return format(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(moment));
}

/** A day, given as YYYY-MM-DD: no time zone may move it. */
export function formatDay(day: string, locale: string): string {
  return format(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
}

/** How long ago a moment was, in the largest unit that fits. */
export function formatAgo(moment: string, locale: string, now: number = Date.now()): string {
  const seconds = Math.round((new Date(moment).getTime() - now) / 1000);
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const units: [Intl.RelativeTimeFormatUnit, number][] = [
    ['day', 86_400],
    ['hour', 3_600],
    ['minute', 60],
  ];
  for (const [unit, size] of units) {
    if (Math.abs(seconds) >= size) return format.format(Math.trunc(seconds / size), unit);
  }
  return format.format(0, 'minute');
}

/** The day before one that is given as YYYY-MM-DD: ranges of the bank end with the day that is no longer in them. */
export function dayBefore(day: string): string {
  return moved(day, -1);
}

export function dayAfter(day: string): string {
  return moved(day, 1);
}

function moved(day: string, days: number): string {
  return new Date(new Date(`${day}T00:00:00Z`).getTime() + days * 86_400_000).toISOString().slice(0, 10);
}
