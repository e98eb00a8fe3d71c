import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { accountLabel } from '@/lib/bank/account-labels';
import type { Account } from '@/lib/bank/accounts';
import { productsQuery } from '@/lib/bank/products';
import { groupedIban } from '@/lib/iban';

type AccountSelectProps = {
  label: string;
  accounts: Account[];
  value: string;
  onChange: (accountId: string) => void;
};

/** One of one's own accounts, by its name and the end of its number. */
export function AccountSelect({ label, accounts, value, onChange }: AccountSelectProps) {
  const products = useQuery(productsQuery).data;
  return (
    <NativeSelect
      label={label}
      data={accounts.map((account) => ({
        value: account.id,
        label: `${accountLabel(account, products)} · ${groupedIban(account.account_number).slice(-7)}`,
      }))}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
