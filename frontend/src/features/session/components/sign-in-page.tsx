import { zodResolver } from '@hookform/resolvers/zod';
import { Alert, Anchor, Button, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';
import { Card } from '@/components/card';
import { Page } from '@/components/page';
import { PasswordField } from '@/components/password-field';
import { ProblemNotice } from '@/components/problem-notice';
import { ProblemError } from '@/lib/api/problem';
import { waitText } from '@/lib/api/problem-words';
import { queryClient, SESSION_KEY } from '@/lib/query-client';
import { sessionQuery } from '@/lib/session';
import { isStaff } from '@/lib/staff';
import { signIn } from '../api/sign-in';
import { useCountdown } from './use-countdown';

// zod would try to compile its checks from text, which the policy of the pages forbids.
z.config({ jitless: true });

const shape = z.object({
  email: z.string().check(z.trim(), z.minLength(1, 'session.required'), z.includes('@', 'session.emailWrong')),
  password: z.string().check(z.minLength(1, 'session.required')),
  otp: z.string().check(z.trim()),
});
type Values = z.infer<typeof shape>;
type Reason = 'session.required' | 'session.emailWrong';

function hasCode(error: unknown, code: string): error is ProblemError {
  return error instanceof ProblemError && error.code === code;
}

export function SignInPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const search = useSearch({ from: '/door/sign-in' });
  const form = useForm<Values>({
    resolver: zodResolver(shape),
    defaultValues: { email: search.email ?? '', password: '', otp: '' },
  });
  const entering = useMutation({
    mutationFn: ({ email, password, otp }: Values) => signIn({ email, password, ...(otp ? { otp } : {}) }),
    onSuccess: async () => {
      queryClient.removeQueries({ queryKey: SESSION_KEY });
      const session = await queryClient.ensureQueryData(sessionQuery);
      const home = session && session.customer_id === null && isStaff(session) ? '/staff' : '/home';
      await navigate({ href: search.next ?? home, replace: true });
    },
  });
  const { error } = entering;
  const needsCode = hasCode(error, 'auth.second-factor-required') || form.watch('otp') !== '';
  const locked = hasCode(error, 'auth.too-many-tries') ? error.retryAfterSeconds : null;
  const wait = useCountdown(locked, entering.submittedAt);
  const say = (reason?: string) => (reason ? t(reason as Reason) : undefined);
  const { errors } = form.formState;
  return (
    <Page title={t('session.title')} narrow>
      <Card>
        <form noValidate onSubmit={form.handleSubmit((values) => entering.mutate(values))}>
          <Stack gap="md">
            {search.why ? (
              <Alert icon={null}>{t(search.why === 'reset' ? 'session.resetDone' : 'session.ended')}</Alert>
            ) : null}
            <TextInput
              label={t('session.email')}
              type="email"
              autoComplete="username"
              error={say(errors.email?.message)}
              {...form.register('email')}
            />
            <PasswordField
              label={t('session.password')}
              autoComplete="current-password"
              error={say(errors.password?.message)}
              {...form.register('password')}
            />
            {needsCode ? (
              <TextInput
                label={t('session.otp')}
                description={t('session.otpHint')}
                autoComplete="one-time-code"
                inputMode="numeric"
                autoFocus
                {...form.register('otp')}
              />
            ) : null}
            {wait > 0 ? (
              <Alert color="red" variant="outline" role="alert">
                {t('session.locked', { wait: waitText(wait) })}
              </Alert>
            ) : (
              <ProblemNotice error={error} />
            )}
            <Button type="submit" fullWidth loading={entering.isPending} disabled={wait > 0}>
              {t('session.submit')}
            </Button>
            <Anchor component={Link} to="/forgotten-password" className="tall-link">
              {t('session.forgotten')}
            </Anchor>
          </Stack>
        </form>
      </Card>
      <Text ta="center">
        {t('session.noLogin')}{' '}
        <Anchor component={Link} to="/register" className="tall-link">
          {t('session.join')}
        </Anchor>
      </Text>
    </Page>
  );
}
