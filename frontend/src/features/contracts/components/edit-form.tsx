import { Button, Group, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNotice } from '@/components/problem-notice';
import type { Account } from '@/lib/bank/accounts';
import { useMay } from '@/lib/staff';
import { editContract } from '../api/edit-contract';

/** The name of the account, changed with a note; whoever read an older state is refused. */
export function EditForm({ account }: { account: Account }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [nickname, setNickname] = useState(account.nickname ?? '');
  const [note, setNote] = useState('');
  const editing = useMutation({
    mutationFn: () =>
      editContract(account.id, { nickname: nickname.trim() || null, note: note.trim(), version: account.version }),
    onSettled: () => client.invalidateQueries({ queryKey: ['accounts'] }),
  });
  const ready = note.trim() !== '' && nickname.trim() !== (account.nickname ?? '');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready && !editing.isPending) editing.mutate();
  };
  if (!useMay('account.edit') || account.status === 'closed') return null;
  return (
    <form onSubmit={submit}>
      <ProblemNotice error={editing.error} />
      <Group align="end">
        <TextInput
          label={t('staff.contracts.nickname')}
          value={nickname}
          onChange={(event) => setNickname(event.currentTarget.value)}
        />
        <TextInput
          label={t('staff.contracts.why')}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" disabled={!ready} loading={editing.isPending}>
          {t('common.save')}
        </Button>
      </Group>
    </form>
  );
}
