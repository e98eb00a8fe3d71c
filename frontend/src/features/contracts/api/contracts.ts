import { answer, api } from '@/lib/api/client';
import { pagesOf } from '@/lib/api/pages';
import type { Account } from '@/lib/bank/accounts';

export const statuses = ['opening', 'open', 'frozen', 'dormant', 'closing', 'closed'] as const;
export type ContractFilter = { status?: (typeof statuses)[number]; product?: string; branch_id?: string };

/** The accounts of all customers whom the person may see, narrowed by the bank. */
export function contractsQuery(filter: ContractFilter) {
  return pagesOf<Account>(['accounts', 'staff', filter], (wish) =>
    answer(api.GET('/api/v1/accounts', { params: { query: { ...filter, ...wish } } })),
  );
}
