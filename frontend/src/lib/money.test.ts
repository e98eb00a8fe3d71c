import { describe, expect, it } from 'vitest';
import {
  exponentOf,
  formatAmount,
  formatFineAmount,
  formatPercent,
  parseAmount,
  partsOfMinor,
  typedAmount,
} from './money';

describe('an amount', () => {
  it('has as many digits as its currency', () => {
    expect(['EUR', 'JPY', 'KWD'].map(exponentOf)).toEqual([2, 0, 3]);
    expect(formatAmount(123456, 'EUR', 'en-GB')).toBe('€1,234.56');
    expect(formatAmount(1234, 'JPY', 'en-GB')).toBe('¥1,234');
    expect(formatAmount(5, 'EUR', 'de-DE').replace(/\s/g, ' ')).toBe('0,05 €');
  });

  it('is written exactly up to the largest balance', () => {
    expect(formatAmount(9_007_199_254_740_991, 'EUR', 'en-GB')).toBe('€90,071,992,547,409.91');
  });

  it.each([
    ['1,234.5', 'en-GB', { minor: 123450 }],
    ['1.234,50', 'de-DE', { minor: 123450 }],
    ['€ 12', 'en-GB', { minor: 1200 }],
    ['0.01', 'en-GB', { minor: 1 }],
    ['', 'en-GB', { wrong: 'empty' }],
    ['12,5', 'en-GB', { wrong: 'not-a-number' }],
    ['1.234', 'en-GB', { wrong: 'too-precise' }],
    ['1.2.3', 'en-GB', { wrong: 'not-a-number' }],
    ['-5', 'en-GB', { wrong: 'not-a-number' }],
    ['1e5', 'en-GB', { wrong: 'not-a-number' }],
    ['0', 'en-GB', { wrong: 'not-positive' }],
    ['10000000000.01', 'en-GB', { wrong: 'too-large' }],
  ])('%s in %s is read as %o', (text, locale, expected) => {
    expect(parseAmount(text, 'EUR', locale)).toEqual(expected);
  });

  it('is typed again as it was read', () => {
    for (const locale of ['en-GB', 'de-DE']) {
      expect(parseAmount(typedAmount(123450, 'EUR', locale), 'EUR', locale)).toEqual({ minor: 123450 });
    }
  });
});

describe('interest', () => {
  it('is written below the smallest coin, and never rounded up', () => {
    expect(formatFineAmount('12.345678', 'EUR', 'en-GB')).toBe('€0.123456');
    expect(formatFineAmount('-100', 'EUR', 'en-GB')).toBe('−€1.000000');
    expect(formatFineAmount('0.99999', 'JPY', 'en-GB')).toBe('¥0.9999');
  });

  it('is counted in whole parts of a minor unit', () => {
    expect(partsOfMinor('1500', '1000')).toBe('1.5000000000');
    expect(partsOfMinor('-1', '1000')).toBe('-0.0010000000');
    expect(partsOfMinor('9007199254740993000', '1000')).toBe('9007199254740993.0000000000');
  });

  it('has a rate in per cent', () => {
    expect(formatPercent(275, 'en-GB')).toBe('2.75%');
  });
});
