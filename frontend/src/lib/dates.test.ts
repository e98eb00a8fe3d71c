import { describe, expect, it } from 'vitest';
import { dayAfter, dayBefore, formatAgo, formatDay } from './dates';

describe('a day', () => {
  it('is the one before or after another, over months and leap years', () => {
    expect(dayBefore('2026-12-01')).toBe('2026-11-30');
    expect(dayAfter('2028-02-28')).toBe('2028-02-29');
  });

  it('is written as it is, in any time zone', () => {
    expect(formatDay('2026-11-23', 'en-GB')).toBe('23 Nov 2026');
  });
});

describe('a moment', () => {
  it('is told by how long ago it was', () => {
    const now = Date.parse('2026-11-23T12:00:00Z');
    expect(formatAgo('2026-11-22T12:00:00Z', 'en-GB', now)).toBe('yesterday');
    expect(formatAgo('2026-11-23T11:58:00Z', 'en-GB', now)).toBe('2 minutes ago');
  });
});
