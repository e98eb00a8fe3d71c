import { describe, expect, it } from 'vitest';
import { keepOrder, newOrder, readOrder } from './order';

const wanted = { kind: 'transfer', fromAccountId: 'a', amountMinor: 120, currency: 'EUR', description: '' } as const;

describe('an order', () => {
  it('is found again after a reload, with the same key', () => {
    const order = newOrder(wanted);
    expect(JSON.parse(sessionStorage.getItem(`order:${order.id}`) ?? '')).toEqual(order);
    expect(readOrder(order.id)?.key).toBe(order.key);
  });

  it('shows its newest state', () => {
    const order = newOrder(wanted);
    keepOrder({ ...order, state: 'asked' });
    expect(readOrder(order.id)?.state).toBe('asked');
  });

  it('is another one each time', () => {
    expect(newOrder(wanted).key).not.toBe(newOrder(wanted).key);
  });
});
