/** Amounts are integers in minor units; nothing here ever becomes a fraction. */
const LARGEST_MINOR = 1_000_000_000_000;

const formats = new Map<string, Intl.NumberFormat>();

/** Making a format takes longer than using it hundreds of times, and a list of movements needs one per row. */
function format(locale: string, options: Intl.NumberFormatOptions = {}): Intl.NumberFormat {
  const name = `${locale} ${options.currency ?? ''} ${options.style ?? ''} ${options.minimumFractionDigits ?? ''}`;
  const known = formats.get(name) ?? new Intl.NumberFormat(locale, options);
  formats.set(name, known);
  return known;
}

/** How many digits the currency has behind its separator: EUR 2, JPY 0, KWD 3. */
export function exponentOf(currency: string): number {
  const options = format('en', { style: 'currency', currency }).resolvedOptions();
  return options.maximumFractionDigits ?? 2;
}

function decimalText(amountMinor: number, exponent: number): `${number}` {
  const digits = String(Math.abs(amountMinor)).padStart(exponent + 1, '0');
  const text = exponent === 0 ? digits : `${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
  return text as `${number}`;
}

/** Write an amount without its sign, as people of the language do. */
export function formatAmount(amountMinor: number, currency: string, locale: string): string {
  const written = format(locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' });
  return written.format(decimalText(amountMinor, exponentOf(currency)) as unknown as number);
}

/** Write an amount as one would type it: no currency, no grouping. */
export function typedAmount(amountMinor: number, currency: string, locale: string): string {
  return decimalText(amountMinor, exponentOf(currency)).replace('.', separators(locale).decimal);
}

function separators(locale: string): { decimal: string; group: string } {
  const parts = format(locale).formatToParts(12345.6);
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
  return { decimal: of('decimal') || '.', group: of('group') || ',' };
}

type Parsed = { minor: number } | { wrong: 'empty' | 'not-a-number' | 'too-precise' | 'not-positive' | 'too-large' };

/** Read an amount as people of the language type it: 1,234.50 in English, 1.234,50 in German. */
export function parseAmount(text: string, currency: string, locale: string): Parsed {
  const typed = text.replace(/[\s\u00a0\u202f€$£¥]/g, '');
  if (typed === '') return { wrong: 'empty' };
  const { decimal, group } = separators(locale);
  const [whole = '', fraction, ...more] = typed.split(decimal);
  const plain = groupsAreRight(whole, group) ? whole.split(group).join('') : 'x';
  if (more.length > 0 || !/^\d+$/.test(plain || (fraction ? '0' : 'x')) || !/^\d*$/.test(fraction ?? '')) {
    return { wrong: 'not-a-number' };
  }
  const exponent = exponentOf(currency);
  if ((fraction ?? '').length > exponent) return { wrong: 'too-precise' };
  const minor = Number(plain + (fraction ?? '').padEnd(exponent, '0'));
  if (minor > LARGEST_MINOR) return { wrong: 'too-large' };
  return minor > 0 ? { minor } : { wrong: 'not-positive' };
}

/** A separator of thousands stands before every three digits, or nowhere. */
function groupsAreRight(whole: string, group: string): boolean {
  const groups = whole.split(group);
  return groups.length === 1 || (groups[0] !== '' && groups.slice(1).every((digits) => digits.length === 3));
}

const FINE_DIGITS = 4;

/** Write minor units given as a decimal text with four digits more than the currency has; cut, never rounded up. */
export function formatFineAmount(minorText: string, currency: string, locale: string): string {
  const negative = minorText.startsWith('-');
  const [whole = '0', fraction = ''] = minorText.replace('-', '').split('.');
  const exponent = exponentOf(currency);
  const digits = whole.padStart(exponent + 1, '0') + fraction.slice(0, FINE_DIGITS).padEnd(FINE_DIGITS, '0');
  const behind = exponent + FINE_DIGITS;
  const written = format(locale, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: behind,
    maximumFractionDigits: behind,
  });
  const text = `${digits.slice(0, -behind)}.${digits.slice(-behind)}`;
  return (negative ? '\u2212' : '') + written.format(text as unknown as number);
}

/** Turn a whole number of parts of a minor unit into minor units as a decimal text. */
export function partsOfMinor(parts: string, partsPerMinor: string): string {
  const [count, per] = [BigInt(parts), BigInt(partsPerMinor)];
  const size = count < 0n ? -count : count;
  const fraction = ((size % per) * 10_000_000_000n) / per;
  return `${count < 0n ? '-' : ''}${size / per}.${String(fraction).padStart(10, '0')}`;
}

/** Write basis points of a year as a percentage. */
export function formatPercent(basisPoints: number, locale: string): string {
  return format(locale, { style: 'percent', minimumFractionDigits: 2 }).format(basisPoints / 10_000);
}
