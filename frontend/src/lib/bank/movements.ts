import type { Schemas } from '@/lib/api/client';

export type Transaction = Schemas['TransactionAnswer'];

/** What the transaction did to one's own accounts, or to one of them: positive is money in. In minor units. */
export function changeOf(transaction: Transaction, accountId?: string): number {
  return transaction.postings
    .filter((posting) => accountId === undefined || posting.account_id === accountId)
    .reduce((sum, { direction, amount_minor }) => sum + (direction === 'credit' ? amount_minor : -amount_minor), 0);
}

/** Whether both sides are one's own: a customer sees only the postings of own accounts. */
export function isBetweenOwn(transaction: Transaction): boolean {
  return new Set(transaction.postings.map((posting) => posting.account_id)).size > 1;
}
