import { useSyncExternalStore } from 'react';
import type { Schemas } from '@/lib/api/client';

type Booked = Pick<Schemas['TransactionAnswer'], 'id' | 'booked_at' | 'amount_minor' | 'currency'>;

/**
 * One order of money, from its form to its receipt. It lives in the tab's storage, so a reload, Back or a closed
 * laptop does not forget it; its key makes every repetition the same order at the bank.
 */
export type Order = {
  id: string;
  kind: 'transfer' | 'deposit' | 'withdrawal';
  /** The idempotency key. A refused order gets a new one, since the bank keeps the answer to the old. */
  key: string;
  fromAccountId: string;
  /** Set for a move between own accounts. */
  toAccountId?: string;
  toAccountNumber?: string;
  payeeName?: string;
  nameCheck?: Schemas['LookupAnswer'];
  amountMinor: number;
  currency: string;
  description: string;
  /** `asked`: it went out and no answer is known, so nothing but the very same may be sent again. */
  state: 'draft' | 'asked' | 'waiting' | 'booked';
  booked?: Booked;
  /** Set where all owners sign: until when it waits for them. */
  waitsUntil?: string;
};

/** Whether the bank has it: nothing is sent again. */
export const isSettled = (order: Order) => order.state === 'booked' || order.state === 'waiting';

const STORED = 'order:';
let listeners: (() => void)[] = [];
const seen = new Map<string, { text: string; order: Order | null }>();

export function readOrder(id: string): Order | null {
  const text = sessionStorage.getItem(STORED + id) ?? '';
  const known = seen.get(id);
  if (known?.text === text) return known.order;
  const order = text ? (JSON.parse(text) as Order) : null;
  seen.set(id, { text, order });
  return order;
}

export function keepOrder(order: Order): Order {
  sessionStorage.setItem(STORED + order.id, JSON.stringify(order));
  for (const tell of listeners) tell();
  return order;
}

export function newOrder(wanted: Omit<Order, 'id' | 'key' | 'state' | 'booked' | 'waitsUntil'>): Order {
  return keepOrder({ ...wanted, id: crypto.randomUUID(), key: crypto.randomUUID(), state: 'draft' });
}

function subscribe(listener: () => void): () => void {
  listeners = [...listeners, listener];
  return () => {
    listeners = listeners.filter((one) => one !== listener);
  };
}

export function useOrder(id: string | undefined): Order | null {
  return useSyncExternalStore(subscribe, () => (id ? readOrder(id) : null));
}
