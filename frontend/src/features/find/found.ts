import { queryOptions } from '@tanstack/react-query';
import { ProblemError } from '@/lib/api/problem';
import { searchCustomers } from '@/lib/bank/search-customers';
import { findTickets } from './api/find-tickets';
import { findTransaction } from './api/find-transaction';
import { kindOf } from './kind-of';

/** A place that has none answers with a refusal; that is nothing found, not a failure. */
async function orNothing<T>(asked: Promise<T>, nothing: T): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof ProblemError && [400, 404, 422].includes(error.status)) return nothing;
    throw error;
  }
}

/** Everything that what was typed may mean, asked for at once. */
export function foundQuery(typed: string, mayTickets: boolean) {
  return queryOptions({
    queryKey: ['found', typed, mayTickets],
    queryFn: async () => {
      const kind = kindOf(typed);
      const [customers, tickets, transaction] = await Promise.all([
        kind.customer ? orNothing(searchCustomers(kind.customer), []) : [],
        mayTickets ? orNothing(findTickets(typed), []) : [],
        kind.transactionId ? orNothing(findTransaction(kind.transactionId), null) : null,
      ]);
      return { customers, tickets, transaction };
    },
    enabled: typed !== '',
    gcTime: 0,
  });
}
