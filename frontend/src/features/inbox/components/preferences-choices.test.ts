import { describe, expect, it } from 'vitest';
import type { Account } from '@/lib/bank/accounts';
import type { Preferences } from '../api/preferences';
import { choicesOf, requestOf } from './preferences-choices';

const account = { id: 'a', currency: 'EUR' } as Account;
const stored: Preferences = {
  events: { fee: { mail: false, push: true } },
  quiet_hours: { from: '21:00', to: '06:00', time_zone: 'Europe/Berlin' },
  language: 'de',
  large_movement: { from_minor: 50_000, currency: 'EUR' },
  balance_below: [{ account_id: 'a', below_minor: 2_000, currency: 'EUR' }],
};

describe('preferences', () => {
  it('are sent as they were stored when nothing is changed', () => {
    const wanted = requestOf(choicesOf(stored), [account]);
    expect(wanted).toMatchObject({ ...stored, events: { fee: { mail: false, push: true } } });
  });

  it('without amounts ask for no alerts', () => {
    const wanted = requestOf({ ...choicesOf(stored), large: '', below: {} }, [account]);
    expect(wanted).toMatchObject({ large_movement: null, balance_below: [] });
  });

  it('with an amount that is none, or quiet hours without length, are not sent', () => {
    expect(requestOf({ ...choicesOf(stored), large: 'much' }, [account])).toBeNull();
    expect(requestOf({ ...choicesOf(stored), quietTo: '21:00' }, [account])).toBeNull();
  });
});
