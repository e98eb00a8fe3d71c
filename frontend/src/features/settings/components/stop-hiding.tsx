import { Button, Stack, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '@/components/dialog';
import { MailCode } from '@/components/mail-code';
import { PasswordField } from '@/components/password-field';
import { ProblemNotice } from '@/components/problem-notice';

type Props = {
  opened: boolean;
  busy: boolean;
  error: unknown;
  onClose: () => void;
  onProve: (typed: string) => void;
};

/** Who finds the screen open must not be able to switch the hiding off. */
export function StopHiding({ opened, busy, error, onClose, onProve }: Props) {
  const { t } = useTranslation();
  const [password, setPassword] = useState('');
  const prove = (event: FormEvent) => {
    event.preventDefault();
    if (!password) return;
    onProve(password);
    setPassword('');
  };
  return (
    <Dialog opened={opened} onClose={onClose} title={t('home.reveal')}>
      <form onSubmit={prove}>
        <Stack>
          <Text>{t('home.revealText')}</Text>
          <PasswordField
            data-autofocus
            label={t('payments.passwordOrCode')}
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <ProblemNotice error={error} />
          <MailCode error={error} />
          <Button type="submit" loading={busy}>
            {t('home.reveal')}
          </Button>
        </Stack>
      </form>
    </Dialog>
  );
}
