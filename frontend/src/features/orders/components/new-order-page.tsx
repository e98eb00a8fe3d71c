import { Button, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/card';
import { LinkButton } from '@/components/link-button';
import { ListStates } from '@/components/list-states';
import { Page } from '@/components/page';
import { ProblemNotice } from '@/components/problem-notice';
import { Steps } from '@/components/steps';
import type { Schemas } from '@/lib/api/client';
import { checkName } from '@/lib/bank/check-name';
import type { OrderWish } from '../api/place-order';
import { OrderFields } from './order-fields';
import { OrderReview } from './order-review';
import { useOrderForm } from './use-order-form';

export type Draft = {
  wish: OrderWish;
  payeeName?: string;
  nameCheck?: Schemas['LookupAnswer'];
  /** Kept while the same order is tried again. */
  key: string;
};

/** Set up a standing order: details, then a review with the name check. */
export function NewOrderPage() {
  const { t } = useTranslation();
  const form = useOrderForm();
  const [tried, setTried] = useState(false);
  const [draft, setDraft] = useState<Draft | null>(null);
  const checking = useMutation({
    mutationFn: async (wish: OrderWish): Promise<Draft> => {
      const key = crypto.randomUUID();
      if (!wish.to_account_number) return { wish, key };
      const payeeName = form.typed.name.trim();
      return { wish, key, payeeName, nameCheck: await checkName(wish.to_account_number, payeeName) };
    },
    onSuccess: setDraft,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (form.wanted && !checking.isPending) checking.mutate(form.wanted);
  };
  return (
    <Page
      title={t('orders.make')}
      narrow
      actions={
        <LinkButton to="/standing-orders" variant="default">
          {t('orders.all')}
        </LinkButton>
      }
    >
      <Steps
        now={draft ? 1 : 0}
        names={[t('payments.stepDetails'), t('payments.stepReview'), t('payments.stepDone')]}
      />
      {draft ? (
        <OrderReview draft={draft} onChange={setDraft} />
      ) : (
        <Card>
          <ListStates
            query={form.accounts}
            empty={form.open.length === 0}
            emptyIcon="wallet"
            emptyText={t('payments.noAccount')}
          >
            <form noValidate onSubmit={submit}>
              <Stack gap="md">
                <OrderFields form={form} tried={tried} />
                <ProblemNotice error={checking.error} />
                <Button type="submit" loading={checking.isPending}>
                  {t('payments.review')}
                </Button>
              </Stack>
            </form>
          </ListStates>
        </Card>
      )}
    </Page>
  );
}
