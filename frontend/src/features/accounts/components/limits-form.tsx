import { Button, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LimitFields } from '@/components/limit-fields';
import { ProblemNotice } from '@/components/problem-notice';
import type { Schemas } from '@/lib/api/client';
import type { Account } from '@/lib/bank/accounts';
import { asTyped, readLimits, type TypedLimits } from '@/lib/bank/typed-limits';
import { locale } from '@/lib/i18n';
import { setLimits } from '../api/set-limits';

type LimitsFormProps = { account: Account; limits: Schemas['LimitsAnswer'] };

/** One's own limits, as one wants them: those that wait are shown as wanted already. */
export function LimitsForm({ account, limits }: LimitsFormProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const key = useRef(crypto.randomUUID());
  const wanted = limits.waiting?.limits ?? limits.own;
  const [typed, setTyped] = useState<TypedLimits>(() => asTyped(wanted, account.currency, locale()));
  const saving = useMutation({
    mutationFn: (body: Schemas['LimitsRequest']) => setLimits(account.id, body, key.current),
    onSuccess: (answered) => client.setQueryData(['accounts', account.id, 'limits'], answered),
    onSettled: () => {
      key.current = crypto.randomUUID();
    },
  });
  const save = (event: FormEvent) => {
    event.preventDefault();
    const read = readLimits(typed, account.currency, locale());
    if (Object.keys(read.wrong).length === 0) saving.mutate(read.limits);
  };
  return (
    <form onSubmit={save}>
      <Stack>
        <LimitFields typed={typed} currency={account.currency} product={limits.product} onChange={setTyped} />
        <ProblemNotice error={saving.error} />
        {saving.isSuccess ? <Text role="status">{t('manage.limitsSaved')}</Text> : null}
        <Button type="submit" loading={saving.isPending}>
          {t('common.save')}
        </Button>
      </Stack>
    </form>
  );
}
