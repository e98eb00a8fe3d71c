import { useTranslation } from 'react-i18next';
import { ReasonButton } from '@/components/reason-button';
import type { Account } from '@/lib/bank/accounts';
import { groupedIban } from '@/lib/iban';
import { useMay } from '@/lib/staff';
import { closeContract } from '../api/close-contract';
import { freezeContract } from '../api/freeze-contract';
import { reopenContract } from '../api/reopen-contract';
import { unfreezeContract } from '../api/unfreeze-contract';

/** What may be done with the account in its state, by the role. */
export function LifeButtons({ account }: { account: Account }) {
  const { t } = useTranslation();
  const mayFreeze = useMay('account.freeze');
  const mayLift = useMay('account.unfreeze');
  const mayClose = useMay('account.close');
  const mayReopen = useMay('account.reopen');
  const { id, status } = account;
  const same = { subject: groupedIban(account.account_number), changes: ['accounts', 'closed-accounts'] };
  return (
    <>
      {status === 'open' && mayFreeze ? (
        <ReasonButton {...same} name={t('staff.customers.freeze')} give={(reason) => freezeContract(id, reason)} />
      ) : null}
      {status === 'frozen' && mayLift ? (
        <ReasonButton {...same} name={t('staff.customers.unfreeze')} give={(reason) => unfreezeContract(id, reason)} />
      ) : null}
      {status === 'open' && mayClose ? (
        <ReasonButton
          {...same}
          red
          name={t('staff.contracts.close')}
          give={(reason, key) => closeContract(id, reason, key)}
        />
      ) : null}
      {status === 'closed' && mayReopen ? (
        <ReasonButton {...same} name={t('staff.contracts.reopen')} give={(reason) => reopenContract(id, reason)} />
      ) : null}
    </>
  );
}
