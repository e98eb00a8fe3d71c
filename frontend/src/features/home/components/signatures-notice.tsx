import { Alert, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Icon } from '@/components/icon';
import { LinkButton } from '@/components/link-button';
import { waitingSignaturesQuery, waitsFor } from '@/lib/bank/cosignatures';
import { useSession } from '@/lib/session';

/** Stands on the home page only while something waits for one's own signature. */
export function SignaturesNotice() {
  const { t } = useTranslation();
  const me = useSession()?.customer_id;
  const count = (useQuery(waitingSignaturesQuery).data ?? []).filter((one) => waitsFor(me, one)).length;
  if (count === 0) return null;
  return (
    <Alert role="status" icon={<Icon name="pencil" />}>
      <Group justify="space-between">
        {t('signatures.waiting', { count })}
        <LinkButton to="/signatures" variant="default">
          {t('signatures.look')}
        </LinkButton>
      </Group>
    </Alert>
  );
}
