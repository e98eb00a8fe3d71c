import { describe, expect, it } from 'vitest';
import { groupedIban, hasRightCheckDigits, plainIban } from './iban';

describe('an account number', () => {
  it('is written in groups and read back', () => {
    expect(groupedIban('DE89370400440532013000')).toBe('DE89 3704 0044 0532 0130 00');
    expect(plainIban('de89 3704-0044 0532 0130 00')).toBe('DE89370400440532013000');
  });

  it('has check digits that find a mistyped or swapped digit', () => {
    expect(hasRightCheckDigits('DE89370400440532013000')).toBe(true);
    expect(hasRightCheckDigits('DE89370400440532013001')).toBe(false);
    expect(hasRightCheckDigits('DE89370400440532010300')).toBe(false);
    expect(hasRightCheckDigits('89370400440532013000')).toBe(false);
  });
});
