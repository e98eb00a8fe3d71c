import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNotice } from '@/components/problem-notice';
import type { Schemas } from '@/lib/api/client';
import { addBranch } from '../api/add-branch';
import { changeBranch } from '../api/change-branch';

/** A new branch, or a change of one with the note that its history keeps. */
export function BranchForm({ branches }: { branches: Schemas['BranchAnswer'][] }) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState('');
  const branch = branches.find((one) => one.id === chosen);
  return (
    <>
      <NativeSelect
        label={t('staff.branches.which')}
        data={[
          { value: '', label: t('staff.branches.new') },
          ...branches.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        value={chosen}
        onChange={(event) => setChosen(event.currentTarget.value)}
      />
      <Fields key={`${chosen} ${branch?.version}`} {...(branch ? { branch } : {})} />
    </>
  );
}

function Fields({ branch }: { branch?: Schemas['BranchAnswer'] }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [name, setName] = useState(branch?.name ?? '');
  const [location, setLocation] = useState(branch?.location ?? '');
  const [state, setState] = useState<'open' | 'closed'>(branch?.state === 'closed' ? 'closed' : 'open');
  const [note, setNote] = useState('');
  const saving = useMutation({
    mutationFn: () => {
      const said = { name: name.trim(), location: location.trim() };
      return branch
        ? changeBranch(branch.id, { ...said, state, note: note.trim(), version: branch.version })
        : addBranch(said);
    },
    onSuccess: () => {
      if (!branch) {
        setName('');
        setLocation('');
      }
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['branches'] }),
  });
  const ready = name.trim() !== '' && location.trim() !== '' && (!branch || note.trim() !== '');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready && !saving.isPending) saving.mutate();
  };
  return (
    <form onSubmit={submit}>
      <ProblemNotice error={saving.error} />
      <Group align="end">
        <TextInput
          label={t('staff.catalogue.name')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label={t('staff.branches.location')}
          value={location}
          onChange={(event) => setLocation(event.currentTarget.value)}
        />
        {branch ? (
          <>
            <NativeSelect
              label={t('staff.branches.state')}
              data={(['open', 'closed'] as const).map((value) => ({
                value,
                label: t(`staff.branches.states.${value}`),
              }))}
              value={state}
              onChange={(event) => setState(event.currentTarget.value === 'closed' ? 'closed' : 'open')}
            />
            <TextInput
              label={t('staff.reason')}
              value={note}
              onChange={(event) => setNote(event.currentTarget.value)}
            />
          </>
        ) : null}
        <Button type="submit" disabled={!ready} loading={saving.isPending}>
          {t('common.save')}
        </Button>
      </Group>
    </form>
  );
}
