import type { Schemas } from '@/lib/api/client';

export const deskKinds = ['deposit', 'withdrawal', 'transfer'] as const;
export type DeskKind = (typeof deskKinds)[number];

/** One order at the desk; until its outcome is known nothing but the very same is sent. */
export type DeskOrder = {
  kind: DeskKind;
  key: string;
  accountId: string;
  accountNumber: string;
  holder: string;
  amountMinor: number;
  currency: string;
  description: string;
  payeeNumber?: string;
  payeeName?: string;
};

export type Outcome =
  | { booked: Schemas['TransactionAnswer'] }
  /** Above the teller's limit: a second person decides. */
  | { waiting: { id: string; expires_at: string } };

const STORED = 'desk-order';

/** The order that went out and whose answer nobody knows, also after a reload. */
export function readAsked(): DeskOrder | null {
  const text = sessionStorage.getItem(STORED);
  return text ? (JSON.parse(text) as DeskOrder) : null;
}

export function keepAsked(order: DeskOrder | null): void {
  if (order) sessionStorage.setItem(STORED, JSON.stringify(order));
  else sessionStorage.removeItem(STORED);
}
