import { Button, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AmountInput } from '@/components/amount-input';
import { Card } from '@/components/card';
import { ListStates } from '@/components/list-states';
import { ProblemNotice } from '@/components/problem-notice';
import { ProblemError } from '@/lib/api/problem';
import { checkName } from '@/lib/bank/check-name';
import { productsQuery } from '@/lib/bank/products';
import { bookTransfer } from '../api/book-transfer';
import { keepOrder, newOrder, type Order } from '../order';
import { optionOf, PayeeFields } from './payee-fields';
import { usePayForm } from './use-pay-form';

/** Who gets how much. Going on checks the name and asks the bank for a trial, so a refusal is known before the review. */
export function PayDetails({ order }: { order: Order | null }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const form = usePayForm(order, useSearch({ from: '/house/pay' }).from);
  const products = useQuery(productsQuery).data;
  const [tried, setTried] = useState(false);
  const { typed, change } = form;
  const checking = useMutation({
    mutationFn: check,
    onSuccess: async (ready) => {
      // Back from the review leads to this order's form, and never to an empty one once it was sent.
      await navigate({ to: '/pay', search: { order: ready.id }, replace: true });
      await navigate({ to: '/pay', search: { order: ready.id, step: 'review' } });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!form.wanted || checking.isPending) return;
    checking.mutate(order ? { ...form.wanted, id: order.id, key: order.key, state: 'draft' } : newOrder(form.wanted));
  };
  return (
    <Card>
      <ListStates
        query={form.accounts}
        empty={form.open.length === 0}
        emptyIcon="wallet"
        emptyText={t('payments.noAccount')}
      >
        <form noValidate onSubmit={submit}>
          <Stack gap="md">
            <NativeSelect
              label={t('payments.from')}
              data={form.open.map((account) => optionOf(account, products))}
              value={form.from?.id ?? ''}
              onChange={(event) => change({ fromId: event.currentTarget.value })}
            />
            <PayeeFields form={form} tried={tried} />
            <AmountInput
              value={typed.amount}
              currency={form.currency}
              onChange={(amount) => change({ amount })}
              availableMinor={form.available}
              strict={tried}
            />
            <TextInput
              label={`${t('payments.text')} (${t('common.optional')})`}
              maxLength={140}
              value={typed.text}
              onChange={(event) => change({ text: event.currentTarget.value })}
            />
            <ProblemNotice error={checking.error} />
            <Button type="submit" loading={checking.isPending}>
              {t('payments.review')}
            </Button>
          </Stack>
        </form>
      </ListStates>
    </Card>
  );
}

/** A payee whose name does not match is shown at the review; all else that the bank would refuse is said at once. */
async function check(draft: Order): Promise<Order> {
  const foreign = draft.toAccountId === undefined;
  const nameCheck = foreign ? await checkName(draft.toAccountNumber ?? '', draft.payeeName ?? '') : undefined;
  try {
    if (nameCheck?.result !== 'none') await bookTransfer(draft, { trial: true });
  } catch (error) {
    // Whether it needs a confirmation is asked when it is sent.
    if (!(error instanceof ProblemError && error.code === 'auth.step-up-required')) throw error;
  }
  return keepOrder({ ...draft, ...(nameCheck ? { nameCheck } : {}) });
}
