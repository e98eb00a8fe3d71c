import { Alert } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';

type Viewing = { others: readonly { user_id: string }[] };

/** Who else of the staff has the same record open now. */
export function Colleagues({ viewing }: { viewing: UseQueryResult<Viewing> }) {
  const { t } = useTranslation();
  const others = viewing.data?.others ?? [];
  if (others.length === 0) return null;
  return (
    <Alert role="status" icon={null}>
      {t('staff.alsoOpen', { who: others.map((viewer) => viewer.user_id).join(', ') })}
    </Alert>
  );
}
