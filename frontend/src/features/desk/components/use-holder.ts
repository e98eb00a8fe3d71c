import { useQuery } from '@tanstack/react-query';
import { balancesQuery } from '@/lib/bank/balances';
import { customerAccountsQuery } from '@/lib/bank/customer-accounts';
import { hasRightCheckDigits, plainIban } from '@/lib/iban';
import { holderQuery } from '../holder';

export type FoundHolder = ReturnType<typeof useHolder>;

/** The account of a number that is being typed: it is looked up as soon as its check digits are right. */
export function useHolder(typed: string) {
  const number = plainIban(typed);
  const isNumber = hasRightCheckDigits(number);
  const holder = useQuery(holderQuery(isNumber ? number : ''));
  const customerId = isNumber ? (holder.data?.id ?? '') : '';
  const accounts = useQuery(customerAccountsQuery(customerId));
  const account = isNumber ? accounts.data?.find((one) => one.account_number === number) : undefined;
  const balance = useQuery(balancesQuery(account ? [account.id] : [])).data?.[0];
  return {
    isNumber,
    isPending: isNumber && (holder.isLoading || accounts.isLoading),
    error: holder.error ?? accounts.error,
    missing: isNumber && (holder.data === null || (accounts.data !== undefined && !account)),
    name: holder.data ? `${holder.data.first_name} ${holder.data.last_name}` : '',
    account,
    availableMinor: balance?.available_minor,
  };
}
