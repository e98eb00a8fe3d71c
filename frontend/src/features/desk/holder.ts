import { queryOptions } from '@tanstack/react-query';
import { searchCustomers } from '@/lib/bank/search-customers';

/** Whose account it is: the name that the teller compares with a passport. */
export function holderQuery(accountNumber: string) {
  return queryOptions({
    queryKey: ['holder', accountNumber],
    queryFn: async () => (await searchCustomers({ account_number: accountNumber }))[0] ?? null,
    enabled: accountNumber !== '',
  });
}
