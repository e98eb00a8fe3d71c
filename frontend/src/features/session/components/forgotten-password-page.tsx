import { Alert, Button, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/card';
import { Page } from '@/components/page';
import { PasswordField } from '@/components/password-field';
import { ProblemNotice } from '@/components/problem-notice';
import { askForReset } from '../api/ask-for-reset';
import { resetPassword } from '../api/reset-password';

export function ForgottenPasswordPage() {
  const { t } = useTranslation();
  const asking = useMutation({ mutationFn: askForReset });
  const form = useForm({ defaultValues: { email: '' } });
  return (
    <Page title={t('session.forgotTitle')} narrow>
      <Card>
        {asking.isSuccess ? (
          <NewPassword email={asking.variables} />
        ) : (
          <form noValidate onSubmit={form.handleSubmit(({ email }) => asking.mutate(email.trim()))}>
            <Stack gap="md">
              <Text>{t('session.forgotText')}</Text>
              <TextInput
                label={t('session.email')}
                type="email"
                autoComplete="username"
                error={form.formState.errors.email ? t('session.emailWrong') : undefined}
                {...form.register('email', { required: true, validate: (typed) => typed.includes('@') })}
              />
              <ProblemNotice error={asking.error} />
              <Button type="submit" loading={asking.isPending}>
                {t('session.sendCode')}
              </Button>
            </Stack>
          </form>
        )}
      </Card>
    </Page>
  );
}

function NewPassword({ email }: { email: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const form = useForm({ defaultValues: { code: '', password: '' } });
  const resetting = useMutation({
    mutationFn: ({ code, password }: { code: string; password: string }) =>
      resetPassword({ email, code: code.trim(), new_password: password }),
    onSuccess: () => navigate({ to: '/sign-in', search: { email, why: 'reset' }, replace: true }),
  });
  const { errors } = form.formState;
  return (
    <form noValidate onSubmit={form.handleSubmit((values) => resetting.mutate(values))}>
      <Stack gap="md">
        <Alert icon={null}>{t('session.codeSent', { email })}</Alert>
        <TextInput
          label={t('session.code')}
          inputMode="numeric"
          autoComplete="one-time-code"
          error={errors.code ? t('session.required') : undefined}
          {...form.register('code', { required: true })}
        />
        <PasswordField
          label={t('session.newPassword')}
          autoComplete="new-password"
          error={errors.password ? t('session.required') : undefined}
          {...form.register('password', { required: true })}
        />
        <ProblemNotice error={resetting.error} />
        <Button type="submit" loading={resetting.isPending}>
          {t('session.setPassword')}
        </Button>
      </Stack>
    </form>
  );
}
