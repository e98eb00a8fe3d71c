import { Alert, Button, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isPassing } from '@/lib/api/problem';
import { Dialog } from './dialog';
import { ProblemNotice } from './problem-notice';

type ReasonButtonProps = {
  /** What the button says; the dialog's last button says the same. */
  name: string;
  /** What it is done to. */
  subject: string;
  /** Gives the command; the key stays the same until the bank has answered. */
  give: (reason: string, key: string) => Promise<unknown>;
  /** What is asked for again afterwards, beside the approvals. */
  changes: readonly string[];
  red?: boolean;
};

/** A command that is given with a reason, which the audit trail keeps. */
export function ReasonButton({ name, subject, give, changes, red = false }: ReasonButtonProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const [key, setKey] = useState<string>(() => crypto.randomUUID());
  const giving = useMutation({
    mutationFn: () => give(reason.trim(), key),
    onSuccess: (data) => {
      setKey(crypto.randomUUID());
      setReason('');
      if (!isWaiting(data)) setAsking(false);
    },
    onError: (error) => {
      if (!isPassing(error)) setKey(crypto.randomUUID());
    },
    onSettled: () => {
      for (const part of [...changes, 'approvals']) void client.invalidateQueries({ queryKey: [part] });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (reason.trim() && !giving.isPending) giving.mutate();
  };
  const close = () => {
    setAsking(false);
    giving.reset();
  };
  return (
    <>
      <Button variant="default" size="sm" onClick={() => setAsking(true)}>
        {name}
      </Button>
      <Dialog opened={asking} onClose={close} title={`${name}: ${subject}`}>
        {isWaiting(giving.data) ? (
          <Alert role="status" icon={null}>
            {t('staff.desk.waitingText')}
          </Alert>
        ) : (
          <form onSubmit={submit}>
            <Stack gap="sm">
              <TextInput
                data-autofocus
                label={t('staff.reason')}
                description={t('staff.reasonHint')}
                maxLength={500}
                value={reason}
                disabled={isPassing(giving.error)}
                onChange={(event) => setReason(event.currentTarget.value)}
              />
              <ProblemNotice error={giving.error} />
              <Button
                type="submit"
                {...(red ? { color: 'red' } : {})}
                loading={giving.isPending}
                disabled={reason.trim() === ''}
              >
                {name}
              </Button>
            </Stack>
          </form>
        )}
      </Dialog>
    </>
  );
}

function isWaiting(answered: unknown): boolean {
  return typeof answered === 'object' && answered !== null && 'approval' in answered;
}
