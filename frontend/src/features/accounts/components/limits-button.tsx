import { Alert, Button, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '@/components/dialog';
import { Icon } from '@/components/icon';
import { ListStates } from '@/components/list-states';
import type { Account } from '@/lib/bank/accounts';
import { formatMoment } from '@/lib/dates';
import { locale } from '@/lib/i18n';
import { limitsQuery } from '../api/limits-of';
import { LimitsForm } from './limits-form';

export function LimitsButton({ account }: { account: Account }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button variant="subtle" leftSection={<Icon name="shield-lock" size={18} />} onClick={() => setOpened(true)}>
        {t('manage.limits')}
      </Button>
      <Dialog opened={opened} onClose={() => setOpened(false)} title={t('manage.limits')}>
        <Limits account={account} />
      </Dialog>
    </>
  );
}

/** What holds now, what waits, and the way to change it. */
function Limits({ account }: { account: Account }) {
  const { t } = useTranslation();
  const limits = useQuery(limitsQuery(account.id));
  const waiting = limits.data?.waiting;
  return (
    <Stack>
      <Text>{t('manage.limitsText')}</Text>
      {waiting ? (
        <Alert icon={null} role="status">
          {t('manage.limitsWait', { when: formatMoment(waiting.effective_at, locale()) })}
        </Alert>
      ) : null}
      <ListStates query={limits} empty={false} emptyIcon="lock" emptyText="" rows={3}>
        {limits.data ? <LimitsForm account={account} limits={limits.data} /> : null}
      </ListStates>
    </Stack>
  );
}
