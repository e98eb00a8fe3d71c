import { Button, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AmountInput } from '@/components/amount-input';
import { ProblemNotice } from '@/components/problem-notice';
import { StepUp } from '@/components/step-up';
import { ProblemError } from '@/lib/api/problem';
import { locale } from '@/lib/i18n';
import { parseAmount, typedAmount } from '@/lib/money';
import { changeOrder } from '../api/change-order';
import type { StandingOrder } from '../api/orders';

/** Amount, text and end of an order; a larger amount may have to be confirmed. */
export function ChangeForm({ order, onDone }: { order: StandingOrder; onDone: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [amount, setAmount] = useState(typedAmount(order.amount_minor, order.currency, locale()));
  const [text, setText] = useState(order.description);
  const [endOn, setEndOn] = useState(order.end_on ?? '');
  const [tried, setTried] = useState(false);
  const parsed = parseAmount(amount, order.currency, locale());
  const changing = useMutation({
    mutationFn: (stepUp?: string) =>
      changeOrder(
        order,
        {
          ...('minor' in parsed && parsed.minor !== order.amount_minor ? { amount_minor: parsed.minor } : {}),
          ...(text.trim() === order.description ? {} : { description: text.trim() }),
          ...(endOn === (order.end_on ?? '') ? {} : { end_on: endOn || null }),
        },
        stepUp,
      ),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['orders'] });
      onDone();
    },
  });
  const save = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if ('minor' in parsed) changing.mutate(undefined);
  };
  const { error } = changing;
  if (error instanceof ProblemError && error.code === 'auth.step-up-required') {
    return <StepUp problem={error} busy={changing.isPending} onApproved={changing.mutate} />;
  }
  return (
    <form noValidate onSubmit={save}>
      <Stack>
        <AmountInput value={amount} currency={order.currency} onChange={setAmount} strict={tried} />
        <TextInput
          label={`${t('payments.text')} (${t('common.optional')})`}
          maxLength={140}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {order.rhythm === 'once' ? null : (
          <TextInput
            label={`${t('orders.end')} (${t('common.optional')})`}
            type="date"
            value={endOn}
            onChange={(event) => setEndOn(event.currentTarget.value)}
          />
        )}
        <ProblemNotice error={error} />
        <Button type="submit" loading={changing.isPending}>
          {t('common.save')}
        </Button>
      </Stack>
    </form>
  );
}
