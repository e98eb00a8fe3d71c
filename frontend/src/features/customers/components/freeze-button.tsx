import { useTranslation } from 'react-i18next';
import { ReasonButton } from '@/components/reason-button';
import type { Account } from '@/lib/bank/accounts';
import { groupedIban } from '@/lib/iban';
import { useMay } from '@/lib/staff';
import { freezeForCustomer } from '../api/freeze-for-customer';
import { unfreezeForCustomer } from '../api/unfreeze-for-customer';

/** Freeze an account or lift its freeze, with the reason that the audit trail keeps. */
export function FreezeButton({ account }: { account: Account }) {
  const { t } = useTranslation();
  const mayFreeze = useMay('account.freeze');
  const mayLift = useMay('account.unfreeze');
  const frozen = account.status === 'frozen';
  if (!((frozen && mayLift) || (account.status === 'open' && mayFreeze))) return null;
  return (
    <ReasonButton
      key={account.status}
      name={t(frozen ? 'staff.customers.unfreeze' : 'staff.customers.freeze')}
      subject={groupedIban(account.account_number)}
      give={(reason) => (frozen ? unfreezeForCustomer : freezeForCustomer)(account.id, reason)}
      changes={['accounts']}
    />
  );
}
