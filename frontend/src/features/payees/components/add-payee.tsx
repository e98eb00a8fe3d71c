import { Button, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NameCheck } from '@/components/name-check';
import { ProblemNotice } from '@/components/problem-notice';
import type { Schemas } from '@/lib/api/client';
import { isPassing } from '@/lib/api/problem';
import { checkName } from '@/lib/bank/check-name';
import { payeesQuery } from '@/lib/bank/payees';
import { groupedIban, hasRightCheckDigits, plainIban } from '@/lib/iban';
import { addPayee } from '../api/add-payee';

/** Name and number are compared first; whoever is not who was meant is added only on purpose. */
export function AddPayee({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [typed, setTyped] = useState({ name: '', number: '', nickname: '' });
  const [checked, setChecked] = useState<Schemas['LookupAnswer'] | null>(null);
  const [tried, setTried] = useState(false);
  const key = useRef(crypto.randomUUID());
  const name = typed.name.trim();
  const iban = plainIban(typed.number);
  const right = name !== '' && hasRightCheckDigits(iban);
  const adding = useMutation({
    mutationFn: () => {
      const nickname = typed.nickname.trim();
      return addPayee({ account_number: iban, name, ...(nickname ? { nickname } : {}) }, key.current);
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: payeesQuery.queryKey });
      onDone();
    },
    onError: (error) => {
      if (!isPassing(error)) key.current = crypto.randomUUID();
    },
  });
  const checking = useMutation({
    mutationFn: () => checkName(iban, name),
    onSuccess: (found) => {
      setChecked(found);
      if (found.result === 'match') adding.mutate();
    },
  });
  const change = (changed: Partial<typeof typed>) => {
    setTyped({ ...typed, ...changed });
    if (!('nickname' in changed)) setChecked(null);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!right || checking.isPending || adding.isPending) return;
    if (checked) adding.mutate();
    else checking.mutate();
  };
  const doubtful = checked !== null && checked.result !== 'match';
  return (
    <form noValidate onSubmit={submit}>
      <Stack>
        <TextInput
          data-autofocus
          label={t('payments.name')}
          maxLength={200}
          autoComplete="off"
          value={typed.name}
          error={tried && name === '' ? t('payments.required') : undefined}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <TextInput
          label={t('payments.number')}
          autoComplete="off"
          spellCheck={false}
          value={typed.number}
          error={(tried || iban.length >= 22) && !hasRightCheckDigits(iban) ? t('payments.numberWrong') : undefined}
          onChange={(event) => change({ number: event.currentTarget.value })}
          onBlur={() => setTyped({ ...typed, number: groupedIban(iban) })}
        />
        <TextInput
          label={`${t('payees.nickname')} (${t('common.optional')})`}
          maxLength={50}
          autoComplete="off"
          value={typed.nickname}
          onChange={(event) => change({ nickname: event.currentTarget.value })}
        />
        {doubtful ? (
          <NameCheck
            typed={name}
            found={checked}
            onUse={(suggested) => {
              setTyped({ ...typed, name: suggested });
              setChecked({ result: 'match', suggestion: null });
            }}
          />
        ) : null}
        <ProblemNotice error={checking.error ?? adding.error} />
        <Button type="submit" loading={checking.isPending || adding.isPending}>
          {t(doubtful ? 'payees.addAnyway' : 'payees.checkAndAdd')}
        </Button>
      </Stack>
    </form>
  );
}
