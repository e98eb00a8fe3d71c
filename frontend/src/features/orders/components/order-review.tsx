import { Button, Checkbox, Group } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Amount } from '@/components/amount';
import { Card } from '@/components/card';
import { Facts } from '@/components/facts';
import { NameCheck } from '@/components/name-check';
import { ProblemNotice } from '@/components/problem-notice';
import { StepUp } from '@/components/step-up';
import { isPassing, ProblemError } from '@/lib/api/problem';
import { formatDay } from '@/lib/dates';
import { locale } from '@/lib/i18n';
import { groupedIban } from '@/lib/iban';
import { placeOrder } from '../api/place-order';
import type { Draft } from './new-order-page';

type OrderReviewProps = { draft: Draft; onChange: (draft: Draft | null) => void };

/** What is about to be set up, in full. */
export function OrderReview({ draft, onChange }: OrderReviewProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [understood, setUnderstood] = useState(false);
  const placing = useMutation({
    mutationFn: (stepUp?: string) => placeOrder(draft.wish, draft.key, stepUp),
    onSuccess: async (order) => {
      await client.invalidateQueries({ queryKey: ['orders'] });
      await navigate({ to: '/standing-orders/$orderId', params: { orderId: order.id }, replace: true });
    },
    onError: (error) => {
      // The bank keeps what it answered to a key: another try after a refusal is another order.
      const undecided = error instanceof ProblemError && error.code === 'auth.step-up-required';
      if (!undecided && !isPassing(error)) onChange({ ...draft, key: crypto.randomUUID() });
    },
  });
  const risky = draft.nameCheck?.result === 'none' || draft.nameCheck?.result === 'close';
  const needsStepUp = placing.error instanceof ProblemError && placing.error.code === 'auth.step-up-required';
  return (
    <Card>
      {draft.nameCheck ? (
        <NameCheck
          typed={draft.payeeName ?? ''}
          found={draft.nameCheck}
          onUse={(name) => onChange({ ...draft, payeeName: name, nameCheck: { result: 'match', suggestion: null } })}
        />
      ) : null}
      <Facts rows={useRows(draft)} />
      {needsStepUp ? (
        <StepUp problem={placing.error as ProblemError} busy={placing.isPending} onApproved={placing.mutate} />
      ) : (
        <ProblemNotice error={placing.error} />
      )}
      {risky ? (
        <Checkbox
          label={t('payments.understood')}
          checked={understood}
          onChange={(event) => setUnderstood(event.currentTarget.checked)}
        />
      ) : null}
      <Group grow>
        <Button variant="default" onClick={() => onChange(null)}>
          {t('payments.change')}
        </Button>
        {needsStepUp ? null : (
          <Button loading={placing.isPending} disabled={risky && !understood} onClick={() => placing.mutate(undefined)}>
            {t('orders.place')}
          </Button>
        )}
      </Group>
    </Card>
  );
}

function useRows({ wish, payeeName }: Draft): [string, ReactNode][] {
  const { t } = useTranslation();
  const rows: [string, ReactNode][] = [
    [
      t('payments.amount', { currency: wish.currency }),
      <Amount key="amount" minor={wish.amount_minor} currency={wish.currency} strong />,
    ],
    [t('payments.to'), payeeName ?? t('payments.toOwn')],
  ];
  if (wish.to_account_number) rows.push([t('payments.number'), groupedIban(wish.to_account_number)]);
  if (wish.description) rows.push([t('payments.text'), wish.description]);
  rows.push(
    [t('orders.rhythmLabel'), t(`orders.rhythm.${wish.rhythm ?? 'monthly'}`)],
    [t('orders.start'), formatDay(wish.start_on, locale())],
  );
  if (wish.rhythm !== 'once') {
    rows.push([t('orders.end'), wish.end_on ? formatDay(wish.end_on, locale()) : t('orders.noEnd')]);
  }
  rows.push([t('orders.holidays'), t(`orders.calendar.${wish.calendar_rule ?? 'following'}`)]);
  return rows;
}
