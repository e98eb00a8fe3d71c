import { describe, expect, it } from 'vitest';
import { sharesOf } from './shares';

const line = (product: string | null, credit_minor: number, debit_minor = 0) => ({
  product,
  accounts: 1,
  credit_minor,
  debit_minor,
});

describe('shares of the customers’ money', () => {
  it('are counted within a currency and leave out what is no product', () => {
    const found = sharesOf([
      { currency: 'EUR', lines: [line('current', 300), line('savings', 100), line(null, 0, 400)] },
      { currency: 'JPY', lines: [line('current', 7)] },
    ]);
    expect(found.map(({ product, currency, percent }) => [product, currency, percent])).toEqual([
      ['current', 'EUR', 75],
      ['savings', 'EUR', 25],
      ['current', 'JPY', 100],
    ]);
  });

  it('are none for what is overdrawn, and nothing is divided by nothing', () => {
    expect(sharesOf([{ currency: 'EUR', lines: [line('current', 0, 5), line('savings', 0)] }])).toMatchObject([
      { minor: -5, percent: 0 },
      { minor: 0, percent: 0 },
    ]);
  });
});
