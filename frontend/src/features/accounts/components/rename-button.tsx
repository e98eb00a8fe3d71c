import { Button, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '@/components/dialog';
import { Icon } from '@/components/icon';
import { ProblemNotice } from '@/components/problem-notice';
import type { Account } from '@/lib/bank/accounts';
import { renameAccount } from '../api/rename-account';

export function RenameButton({ account }: { account: Account }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [opened, setOpened] = useState(false);
  const [name, setName] = useState(account.nickname ?? '');
  const renaming = useMutation({
    mutationFn: (nickname: string) => renameAccount(account, nickname),
    onSuccess: () => setOpened(false),
    onSettled: () => client.invalidateQueries({ queryKey: ['accounts'] }),
  });
  const save = (event: FormEvent) => {
    event.preventDefault();
    renaming.mutate(name.trim());
  };
  return (
    <>
      <Button variant="subtle" leftSection={<Icon name="pencil" size={18} />} onClick={() => setOpened(true)}>
        {t('accounts.rename')}
      </Button>
      <Dialog opened={opened} onClose={() => setOpened(false)} title={t('accounts.rename')}>
        <form onSubmit={save}>
          <Stack>
            <TextInput
              data-autofocus
              label={t('accounts.nickname')}
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
      </Dialog>
    </>
  );
}
