import { Button, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '@/components/dialog';
import { PasswordField } from '@/components/password-field';
import { proveAgain, useSecrecy } from '@/lib/bank/privacy';
import { Icon } from './icon';
import { MailCode } from './mail-code';
import { ProblemNotice } from './problem-notice';

/** Stands only where the person keeps balances hidden. */
export function RevealButton() {
  const { t } = useTranslation();
  const secrecy = useSecrecy();
  const [asking, setAsking] = useState(false);
  const [password, setPassword] = useState('');
  const proving = useMutation({
    mutationFn: proveAgain,
    onSuccess: ({ proven_until }) => {
      secrecy.show(proven_until);
      setAsking(false);
      setPassword('');
    },
  });
  const prove = (event: FormEvent) => {
    event.preventDefault();
    if (password) proving.mutate(password);
  };
  if (secrecy.shownForNow) {
    return (
      <Button variant="default" leftSection={<Icon name="eye-off" size={18} />} onClick={secrecy.hide}>
        {t('home.hide')}
      </Button>
    );
  }
  if (!secrecy.hidden) return null;
  return (
    <>
      <Button variant="default" leftSection={<Icon name="eye" size={18} />} onClick={() => setAsking(true)}>
        {t('home.reveal')}
      </Button>
      <Dialog opened={asking} onClose={() => setAsking(false)} title={t('home.reveal')}>
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
            <ProblemNotice error={proving.error} />
            <MailCode error={proving.error} />
            <Button type="submit" loading={proving.isPending}>
              {t('home.reveal')}
            </Button>
          </Stack>
        </form>
      </Dialog>
    </>
  );
}
