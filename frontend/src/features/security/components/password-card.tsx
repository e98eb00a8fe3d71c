import { Alert, Button, Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/card';
import { PasswordField } from '@/components/password-field';
import { ProblemNotice } from '@/components/problem-notice';
import { changePassword } from '../api/change-password';

type Values = { current: string; wanted: string };

export function PasswordCard() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const form = useForm<Values>({ defaultValues: { current: '', wanted: '' } });
  const changing = useMutation({
    mutationFn: ({ current, wanted }: Values) => changePassword({ current_password: current, new_password: wanted }),
    onSuccess: () => {
      form.reset();
      void client.invalidateQueries({ queryKey: ['sessions'] });
    },
  });
  const { errors } = form.formState;
  return (
    <Card title={t('security.password')}>
      <form noValidate onSubmit={form.handleSubmit((values) => changing.mutate(values))}>
        <Stack gap="md">
          <PasswordField
            label={t('security.current')}
            autoComplete="current-password"
            error={errors.current ? t('session.required') : undefined}
            {...form.register('current', { required: true })}
          />
          <PasswordField
            label={t('session.newPassword')}
            description={t('register.passwordHint')}
            autoComplete="new-password"
            error={errors.wanted ? t('session.required') : undefined}
            {...form.register('wanted', { required: true })}
          />
          <ProblemNotice error={changing.error} />
          {changing.isSuccess ? (
            <Alert role="status" icon={null}>
              {t('security.changed')}
            </Alert>
          ) : null}
          <Button type="submit" loading={changing.isPending}>
            {t('session.setPassword')}
          </Button>
        </Stack>
      </form>
    </Card>
  );
}
