import { Button, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNotice } from '@/components/problem-notice';
import { type Payee, payeesQuery } from '@/lib/bank/payees';
import { renamePayee } from '../api/rename-payee';

export function RenameForm({ payee, onDone }: { payee: Payee; onDone: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [name, setName] = useState(payee.nickname ?? '');
  const renaming = useMutation({
    mutationFn: (nickname: string) => renamePayee(payee, nickname),
    onSuccess: onDone,
    onSettled: () => client.invalidateQueries({ queryKey: payeesQuery.queryKey }),
  });
  const save = (event: FormEvent) => {
    event.preventDefault();
    renaming.mutate(name.trim());
  };
  return (
    <form onSubmit={save}>
      <Stack>
        <TextInput
          data-autofocus
          label={t('payees.nickname')}
          maxLength={50}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <ProblemNotice error={renaming.error} />
        <Button type="submit" loading={renaming.isPending}>
          {t('common.save')}
        </Button>
      </Stack>
    </form>
  );
}
