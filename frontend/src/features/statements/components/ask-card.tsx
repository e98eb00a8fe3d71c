import { Alert, Button, Stack, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/card';
import { ProblemNotice } from '@/components/problem-notice';
import type { Account } from '@/lib/bank/accounts';
import { businessDateQuery } from '@/lib/bank/business-date';
import { dayAfter } from '@/lib/dates';
import { askForStatement } from '../api/ask-for-statement';
import classes from './statements.module.css';

/** Any range of days, from the account's first on. */
export function AskCard({ account }: { account: Account }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const bankDay = useQuery(businessDateQuery).data;
  const today = bankDay?.business_date ?? '';
  const [typed, setTyped] = useState({ from: '', to: '' });
  const key = useRef(crypto.randomUUID());
  const from = typed.from || `${today.slice(0, 8)}01`;
  const to = typed.to || today;
  // People name the last day that is meant; the bank takes the first that is not.
  const after = to === today ? (bankDay?.next_business_date ?? to) : dayAfter(to);
  const asking = useMutation({
    mutationFn: () => askForStatement({ account_id: account.id, from, to: after }, key.current),
    onSuccess: () => client.invalidateQueries({ queryKey: ['statements', account.id] }),
    onSettled: () => {
      key.current = crypto.randomUUID();
    },
  });
  const ask = (event: FormEvent) => {
    event.preventDefault();
    if (from && to && !asking.isPending) asking.mutate();
  };
  return (
    <Card title={t('statements.ask')}>
      <form noValidate onSubmit={ask}>
        <Stack gap="md">
          <div className={classes.pair}>
            <TextInput
              label={t('statements.from')}
              type="date"
              value={today ? from : ''}
              max={today}
              onChange={(event) => setTyped({ ...typed, from: event.currentTarget.value })}
            />
            <TextInput
              label={t('statements.to')}
              type="date"
              value={to}
              max={today}
              onChange={(event) => setTyped({ ...typed, to: event.currentTarget.value })}
            />
          </div>
          <ProblemNotice error={asking.error} />
          {asking.isSuccess ? (
            <Alert role="status" icon={null}>
              {t('statements.asked')}
            </Alert>
          ) : null}
          <Button type="submit" loading={asking.isPending}>
            {t('statements.make')}
          </Button>
        </Stack>
      </form>
    </Card>
  );
}
