import { useTranslation } from 'react-i18next';
import type { Cosignature } from '@/lib/bank/cosignatures';
import { locale } from '@/lib/i18n';
import { formatAmount } from '@/lib/money';
import { useSession } from '@/lib/session';

/** Say in one line what is signed. */
export function useTitle(): (asked: Cosignature) => string {
  const { t } = useTranslation();
  const me = useSession()?.email;
  return (asked) => {
    switch (asked.kind) {
      case 'payment':
        return t('signatures.payment', {
          amount: formatAmount(asked.amount_minor ?? 0, asked.currency ?? 'EUR', locale()),
          name: asked.payee?.name ?? '',
        });
      case 'add-owner':
        if (asked.invited_email === me) return t('signatures.youJoin');
        return t('signatures.addOwner', { email: asked.invited_email ?? '' });
      case 'remove-owner': {
        const leaving = asked.signers.find((signer) => signer.customer_id === asked.customer_id);
        return t('signatures.removeOwner', { name: leaving?.name ?? '' });
      }
      case 'change-mandate':
        return t(asked.mandate === 'both' ? 'signatures.toBoth' : 'signatures.toEither');
      case 'close-account':
        return t('signatures.closeAccount');
    }
  };
}
