import { describe, expect, it } from 'vitest';
import { kindOf } from './kind-of';

describe('what was typed', () => {
  it.each([
    ['de89 3704 0044 0532 0130 00', { customer: { account_number: 'DE89370400440532013000' } }],
    ['ada@demo.bank', { customer: { email: 'ada@demo.bank' } }],
    ['+49 171 (23) 456', { customer: { phone: '+4917123456' } }],
    ['01987a5c-3f2e-7abc-8def-0123456789ab', { transactionId: '01987a5c-3f2e-7abc-8def-0123456789ab' }],
    ['Ada Lovelace', { customer: { name: 'Ada Lovelace' } }],
  ])('%s is asked for as what it is', (typed, kind) => {
    expect(kindOf(typed)).toEqual(kind);
  });
});
