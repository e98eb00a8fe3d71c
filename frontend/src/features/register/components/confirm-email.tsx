import { Alert, Button, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/card';
import { Page } from '@/components/page';
import { ProblemNotice } from '@/components/problem-notice';
import { confirmEmail } from '../api/confirm-email';
import { forgetDraft } from '../draft';

/** Outside the sandbox the address is proven by a code before anything else happens. */
export function ConfirmEmail({ email }: { email: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [code, setCode] = useState('');
  const confirming = useMutation({
    mutationFn: () => confirmEmail(email, code.trim()),
    onSuccess: () => {
      forgetDraft();
      return navigate({ to: '/sign-in', search: { email } });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (code.trim()) confirming.mutate();
  };
  return (
    <Page title={t('register.confirmTitle')} narrow>
      <Card>
        <form onSubmit={submit}>
          <Stack>
            <Alert icon={null}>{t('register.confirmText', { email })}</Alert>
            <TextInput
              label={t('session.code')}
              inputMode="numeric"
              autoComplete="one-time-code"
              value={code}
              onChange={(event) => setCode(event.currentTarget.value)}
            />
            <ProblemNotice error={confirming.error} />
            <Button type="submit" loading={confirming.isPending}>
              {t('common.continue')}
            </Button>
          </Stack>
        </form>
      </Card>
    </Page>
  );
}
