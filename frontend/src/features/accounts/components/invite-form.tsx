import { Alert, Button, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNotice } from '@/components/problem-notice';
import { StepUp } from '@/components/step-up';
import { isPassing, ProblemError } from '@/lib/api/problem';
import type { Account } from '@/lib/bank/accounts';
import { inviteOwner } from '../api/invite-owner';

type Mandate = 'either' | 'both';

/** Invite somebody by the address they have at this bank, and say how all sign then. */
export function InviteForm({ account, mandate }: { account: Account; mandate: Mandate }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [email, setEmail] = useState('');
  const [wanted, setWanted] = useState<Mandate>(mandate);
  const key = useRef(crypto.randomUUID());
  const inviting = useMutation({
    mutationFn: (stepUp?: string) =>
      inviteOwner(account.id, { email: email.trim(), mandate: wanted }, key.current, stepUp),
    onSuccess: () => client.invalidateQueries({ queryKey: ['accounts', 'signatures'] }),
    onError: (error) => {
      if (!isPassing(error)) key.current = crypto.randomUUID();
    },
  });
  const { error } = inviting;
  const confirming = error instanceof ProblemError && error.code === 'auth.step-up-required';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (email.trim() && !inviting.isPending) inviting.mutate(undefined);
  };
  if (inviting.isSuccess) {
    return (
      <Alert role="status" icon={null}>
        {t('signatures.invited')}
      </Alert>
    );
  }
  return (
    <Stack>
      <form noValidate onSubmit={submit}>
        <Stack>
          <TextInput
            data-autofocus
            type="email"
            label={t('signatures.email')}
            autoComplete="off"
            maxLength={254}
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <NativeSelect
            label={t('signatures.mandate')}
            data={[
              { value: 'either', label: t('signatures.either') },
              { value: 'both', label: t('signatures.both') },
            ]}
            value={wanted}
            onChange={(event) => setWanted(event.currentTarget.value === 'both' ? 'both' : 'either')}
          />
          {confirming ? null : (
            <>
              <ProblemNotice error={error} />
              <Button type="submit" loading={inviting.isPending} disabled={!email.trim()}>
                {t('signatures.inviteIt')}
              </Button>
            </>
          )}
        </Stack>
      </form>
      {confirming ? (
        <StepUp problem={error} busy={inviting.isPending} onApproved={inviting.mutate} words="signatures.inviteText" />
      ) : null}
    </Stack>
  );
}
