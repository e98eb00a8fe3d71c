import { Loader, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Amount } from '@/components/amount';
import { ProblemNotice } from '@/components/problem-notice';
import type { FoundHolder } from './use-holder';

/** Whose account it is and what is on it, as soon as the number is whole. */
export function Holder({ holder }: { holder: FoundHolder }) {
  const { t } = useTranslation();
  if (!holder.isNumber) return null;
  if (holder.isPending) return <Loader size="sm" aria-label={t('common.loading')} />;
  if (holder.error) return <ProblemNotice error={holder.error} />;
  if (!holder.account) return holder.missing ? <Text role="status">{t('staff.desk.elsewhere')}</Text> : null;
  return (
    <Text role="status">
      <strong>{holder.name}</strong> · {holder.account.product} · {holder.account.status}
      {holder.availableMinor === undefined ? null : (
        <>
          {' · '}
          {t('staff.desk.available')} <Amount minor={holder.availableMinor} currency={holder.account.currency} />
        </>
      )}
    </Text>
  );
}
