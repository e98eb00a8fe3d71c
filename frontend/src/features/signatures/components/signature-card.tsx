import { Button, Group } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/card';
import { Facts } from '@/components/facts';
import { Icon } from '@/components/icon';
import { ProblemNotice } from '@/components/problem-notice';
import { StepUp } from '@/components/step-up';
import { isPassing, ProblemError } from '@/lib/api/problem';
import { type Cosignature, waitsFor } from '@/lib/bank/cosignatures';
import { formatMoment } from '@/lib/dates';
import { locale } from '@/lib/i18n';
import { groupedIban } from '@/lib/iban';
import { useSession } from '@/lib/session';
import { refuse } from '../api/refuse';
import { sign } from '../api/sign';
import classes from './signatures.module.css';
import { useTitle } from './use-title';

/** One thing that waits: what it is, who has signed, and the ways to answer. */
export function SignatureCard({ asked }: { asked: Cosignature }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const me = useSession()?.customer_id;
  const keys = useRef({ sign: crypto.randomUUID(), refuse: crypto.randomUUID() });
  const again = () => {
    void client.invalidateQueries({ queryKey: ['accounts'] });
    void client.invalidateQueries({ queryKey: ['balances'] });
    void client.invalidateQueries({ queryKey: ['transactions'] });
  };
  const signing = useMutation({
    mutationFn: (stepUp?: string) => sign(asked.id, keys.current.sign, stepUp),
    onSuccess: again,
    onError: (error) => {
      if (!isPassing(error) && !needsStepUp(error)) keys.current.sign = crypto.randomUUID();
    },
  });
  const refusing = useMutation({ mutationFn: () => refuse(asked.id, keys.current.refuse), onSuccess: again });
  const { error } = signing;
  const confirming = needsStepUp(error);
  const mine = waitsFor(me, asked);
  return (
    <Card title={useTitle()(asked)}>
      <Facts rows={useRows(asked)} />
      <ul className={classes.signers} aria-label={t('signatures.signers')}>
        {asked.signers.map((signer) => (
          <li key={signer.customer_id}>
            <Icon name={signer.signed_at ? 'check' : 'history'} size={18} />
            {t(signer.signed_at ? 'signatures.hasSigned' : 'signatures.hasNot', { name: signer.name })}
          </li>
        ))}
      </ul>
      {confirming ? (
        <StepUp problem={error} busy={signing.isPending} onApproved={signing.mutate} words="signatures.confirmText" />
      ) : (
        <ProblemNotice error={error ?? refusing.error} />
      )}
      <Group>
        {mine && !confirming ? (
          <Button
            leftSection={<Icon name="pencil" size={18} />}
            loading={signing.isPending}
            onClick={() => signing.mutate(undefined)}
          >
            {t('signatures.sign')}
          </Button>
        ) : null}
        <Button variant="default" loading={refusing.isPending} onClick={() => refusing.mutate()}>
          {t(asked.made_by === me ? 'signatures.takeBack' : 'signatures.refuse')}
        </Button>
      </Group>
    </Card>
  );
}

function needsStepUp(error: unknown): error is ProblemError {
  return error instanceof ProblemError && error.code === 'auth.step-up-required';
}

function useRows(asked: Cosignature): [string, ReactNode][] {
  const { t } = useTranslation();
  const rows: [string, ReactNode][] = [[t('signatures.account'), groupedIban(asked.account_number)]];
  if (asked.payee) {
    const payee = `${asked.payee.name} · ${groupedIban(asked.payee.account_number)}`;
    rows.push([t(asked.kind === 'payment' ? 'payments.to' : 'manage.payout'), payee]);
  }
  if (asked.description) rows.push([t('payments.text'), asked.description]);
  if (asked.kind === 'add-owner' && asked.mandate) {
    rows.push([t('signatures.mandate'), t(`signatures.${asked.mandate}`)]);
  }
  rows.push(
    [t('signatures.asked'), formatMoment(asked.made_at, locale())],
    [t('signatures.until'), formatMoment(asked.expires_at, locale())],
  );
  return rows;
}
