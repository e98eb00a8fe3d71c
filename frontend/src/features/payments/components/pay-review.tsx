import { Alert, Button, Checkbox, Group, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Amount } from '@/components/amount';
import { Card } from '@/components/card';
import { Facts } from '@/components/facts';
import { Icon } from '@/components/icon';
import { NameCheck } from '@/components/name-check';
import { ProblemNotice } from '@/components/problem-notice';
import { StepUp } from '@/components/step-up';
import { ProblemError } from '@/lib/api/problem';
import { accountLabel } from '@/lib/bank/account-labels';
import { accountsQuery } from '@/lib/bank/accounts';
import { productsQuery } from '@/lib/bank/products';
import { locale } from '@/lib/i18n';
import { groupedIban } from '@/lib/iban';
import { formatAmount } from '@/lib/money';
import { isSettled, keepOrder, type Order } from '../order';
import { useSending } from './use-sending';

/** What is about to happen, in full, and where it stands once it was sent. */
export function PayReview({ order }: { order: Order }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { busy, error, send } = useSending(order);
  const [understood, setUnderstood] = useState(false);
  const risky = order.nameCheck?.result === 'none' || order.nameCheck?.result === 'close';
  const needsStepUp = error instanceof ProblemError && error.code === 'auth.step-up-required';
  const settled = isSettled(order);
  useEffect(() => {
    if (settled) void navigate({ to: '/pay', search: { order: order.id, step: 'done' }, replace: true });
  }, [settled, navigate, order.id]);
  const useName = (name: string) =>
    keepOrder({ ...order, payeeName: name, nameCheck: { result: 'match', suggestion: null } });
  const amount = formatAmount(order.amountMinor, order.currency, locale());
  return (
    <Card>
      {order.nameCheck ? <NameCheck typed={order.payeeName ?? ''} found={order.nameCheck} onUse={useName} /> : null}
      <Facts rows={useRows(order)} />
      {order.state === 'asked' ? (
        <Alert role="status" icon={<Icon name="refresh" />} title={t('payments.unknownTitle')}>
          <Stack gap="sm" align="start">
            {t('payments.unknownText')}
            <Button variant="default" loading={busy} onClick={() => send()}>
              {t('payments.askNow')}
            </Button>
          </Stack>
        </Alert>
      ) : (
        <>
          {needsStepUp ? <StepUp problem={error} busy={busy} onApproved={send} /> : <ProblemNotice error={error} />}
          {risky ? (
            <Checkbox
              label={t('payments.understood')}
              checked={understood}
              onChange={(event) => setUnderstood(event.currentTarget.checked)}
            />
          ) : null}
          <Group grow>
            <Button variant="default" onClick={() => void navigate({ to: '/pay', search: { order: order.id } })}>
              {t('payments.change')}
            </Button>
            {needsStepUp ? null : (
              <Button loading={busy} disabled={risky && !understood} onClick={() => send()}>
                {t('payments.send', { amount })}
              </Button>
            )}
          </Group>
        </>
      )}
    </Card>
  );
}

function useRows(order: Order): [string, ReactNode][] {
  const { t } = useTranslation();
  const accounts = useQuery(accountsQuery).data ?? [];
  const products = useQuery(productsQuery).data;
  const label = (id?: string) => {
    const account = accounts.find((one) => one.id === id);
    return account ? accountLabel(account, products) : '';
  };
  const rows: [string, ReactNode][] = [
    [
      t('payments.amount', { currency: order.currency }),
      <Amount key="amount" minor={order.amountMinor} currency={order.currency} strong />,
    ],
    [t('payments.from'), label(order.fromAccountId)],
    [t('payments.to'), order.toAccountId ? label(order.toAccountId) : order.payeeName],
    [t('payments.number'), groupedIban(order.toAccountNumber ?? '')],
  ];
  if (order.description) rows.push([t('payments.text'), order.description]);
  rows.push([t('payments.arrives'), t('payments.arrivesNow')]);
  return rows;
}
