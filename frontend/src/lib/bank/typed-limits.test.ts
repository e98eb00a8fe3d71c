import { expect, it } from 'vitest';
import { readLimits } from './typed-limits';

const NOTHING = { per_transaction_minor: '', per_day_minor: '', per_month_minor: '', per_day_count: '' };

it('reads what was typed in the language, and leaves out what is empty', () => {
  const typed = { ...NOTHING, per_transaction_minor: '1.250,50', per_day_count: ' 3 ' };
  expect(readLimits(typed, 'EUR', 'de-DE')).toEqual({
    limits: { per_transaction_minor: 125_050, per_day_count: 3 },
    wrong: {},
  });
});

it('says of each field what is wrong with it', () => {
  const typed = { per_transaction_minor: 'much', per_day_minor: '1.005', per_month_minor: '0', per_day_count: '2.5' };
  expect(readLimits(typed, 'EUR', 'en-GB').wrong).toEqual({
    per_transaction_minor: 'not-a-number',
    per_day_minor: 'too-precise',
    per_month_minor: 'not-positive',
    per_day_count: 'not-a-number',
  });
});
