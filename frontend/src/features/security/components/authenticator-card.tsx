import { Alert, Button, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/card';
import { CopyButton } from '@/components/copy-button';
import { ProblemNotice } from '@/components/problem-notice';
import { StepUp } from '@/components/step-up';
import { ProblemError } from '@/lib/api/problem';
import { SESSION_KEY } from '@/lib/query-client';
import { useSession } from '@/lib/session';
import { confirmAuthenticator } from '../api/confirm-authenticator';
import { removeAuthenticator } from '../api/remove-authenticator';
import { setUpAuthenticator } from '../api/set-up-authenticator';
import classes from './security.module.css';

const QrCode = lazy(() => import('./qr-code').then((file) => ({ default: file.QrCode })));

function needsApproval(error: unknown): error is ProblemError {
  return error instanceof ProblemError && error.code === 'auth.step-up-required';
}

/** Set an authenticator app up by its picture, or remove it; both need the password once more. */
export function AuthenticatorCard() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const has = useSession()?.factors.includes('totp') ?? false;
  const [codes, setCodes] = useState<string[] | null>(null);
  const again = () => client.invalidateQueries({ queryKey: SESSION_KEY });
  const beginning = useMutation({ mutationFn: setUpAuthenticator });
  const removing = useMutation({ mutationFn: removeAuthenticator, onSuccess: again });
  const asked = has ? removing : beginning;
  return (
    <Card title={t('security.authenticator')}>
      <Text>{t(has ? 'security.authenticatorOn' : 'security.authenticatorOff')}</Text>
      {codes ? (
        <Alert role="status" icon={null} title={t('security.recovery')}>
          <Stack gap="sm" align="start">
            {t('security.recoveryText')}
            <ul className={classes.codes}>
              {codes.map((code) => (
                <li key={code}>{code}</li>
              ))}
            </ul>
            <CopyButton text={codes.join('\n')} label={t('security.copyCodes')} />
          </Stack>
        </Alert>
      ) : null}
      {needsApproval(asked.error) ? (
        <StepUp
          problem={asked.error}
          busy={asked.isPending}
          onApproved={(token) => asked.mutate(token)}
          words="security.approve"
        />
      ) : (
        <ProblemNotice error={asked.error} />
      )}
      {beginning.data && !has && !codes ? (
        <Confirm
          uri={beginning.data.uri}
          secret={beginning.data.secret}
          onDone={(found) => {
            setCodes(found);
            void again();
          }}
        />
      ) : needsApproval(asked.error) ? null : (
        <Button variant="default" loading={asked.isPending} onClick={() => asked.mutate(undefined)}>
          {t(has ? 'security.remove' : 'security.setUp')}
        </Button>
      )}
    </Card>
  );
}

type ConfirmProps = { uri: string; secret: string; onDone: (codes: string[]) => void };

function Confirm({ uri, secret, onDone }: ConfirmProps) {
  const { t } = useTranslation();
  const [code, setCode] = useState('');
  const confirming = useMutation({
    mutationFn: confirmAuthenticator,
    onSuccess: ({ recovery_codes }) => onDone(recovery_codes),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (code.trim()) confirming.mutate(code.trim());
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md" align="start">
        <Text>{t('security.scan')}</Text>
        <Suspense fallback={null}>
          <QrCode text={uri} label={t('security.qr')} />
        </Suspense>
        <Text size="sm">
          {t('security.orType')} <code>{secret}</code>
        </Text>
        <TextInput
          label={t('session.otp')}
          inputMode="numeric"
          autoComplete="one-time-code"
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <ProblemNotice error={confirming.error} />
        <Button type="submit" loading={confirming.isPending}>
          {t('security.confirm')}
        </Button>
      </Stack>
    </form>
  );
}
