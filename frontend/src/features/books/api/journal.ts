import { answer, api, type Schemas } from '@/lib/api/client';
import { pagesOf } from '@/lib/api/pages';

export const entryTypes = [
  'deposit',
  'withdrawal',
  'transfer',
  'capture',
  'fee',
  'interest',
  'adjustment',
  'reversal',
] as const;
export type JournalFilter = {
  account_id?: string;
  type?: (typeof entryTypes)[number];
  q?: string;
  from?: string;
  to?: string;
};

/** Every entry of the bank, the newest first, or those that pass the filters. */
export function journalQuery(filter: JournalFilter) {
  return pagesOf<Schemas['TransactionAnswer']>(['transactions', 'journal', filter], (wish) =>
    answer(api.GET('/api/v1/transactions', { params: { query: { ...filter, ...wish } } })),
  );
}
