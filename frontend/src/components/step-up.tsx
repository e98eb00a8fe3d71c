import { Alert, Button, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PasswordField } from '@/components/password-field';
import type { ProblemError } from '@/lib/api/problem';
import { approve } from '@/lib/bank/approve';
import { Icon } from './icon';
import { MailCode } from './mail-code';
import { ProblemNotice } from './problem-notice';

type Words =
  | 'payments.confirmText'
  | 'security.approve'
  | 'manage.unfreezeText'
  | 'profile.confirmPhone'
  | 'signatures.confirmText'
  | 'signatures.inviteText';

type StepUpProps = {
  problem: ProblemError;
  busy: boolean;
  onApproved: (token: string) => void;
  /** Why it is asked; a payment says that it approves exactly that payment. */
  words?: Words;
};

/** Approve exactly what the bank named in its refusal, with the password or a code. */
export function StepUp({ problem, busy, onApproved, words = 'payments.confirmText' }: StepUpProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const approving = useMutation({
    mutationFn: (proof: string) => {
      const details = (problem.members.details ?? {}) as Record<string, never>;
      const isCode = /^\d{6,8}$/.test(proof);
      return approve({
        ...details,
        action: problem.text('action') ?? '',
        ...(isCode ? { otp: proof } : { password: proof }),
      });
    },
    onSuccess: ({ step_up_token }) => onApproved(step_up_token),
  });
  const confirm = (event: FormEvent) => {
    event.preventDefault();
    if (typed) approving.mutate(typed.trim());
  };
  return (
    <Alert icon={<Icon name="shield-lock" />} title={t('payments.confirmTitle')}>
      <form onSubmit={confirm}>
        <Stack gap="sm">
          {t(words)}
          <PasswordField
            label={t('payments.passwordOrCode')}
            autoComplete="current-password"
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <ProblemNotice error={approving.error} />
          <MailCode error={approving.error} />
          <Button type="submit" loading={approving.isPending || busy}>
            {t('payments.confirm')}
          </Button>
        </Stack>
      </form>
    </Alert>
  );
}
