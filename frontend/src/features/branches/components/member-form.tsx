import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNotice } from '@/components/problem-notice';
import type { Schemas } from '@/lib/api/client';
import { addMember } from '../api/add-member';
import { changeMember } from '../api/change-member';

type Member = Schemas['StaffAnswer'];
type Choices = { members: Member[]; branches: Schemas['BranchAnswer'][] };

/** Somebody new who works for the bank, or a change of somebody with the reason that the audit trail keeps. */
export function MemberForm({ members, branches }: Choices) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState('');
  const member = members.find((one) => one.id === chosen);
  return (
    <>
      <NativeSelect
        label={t('staff.branches.people')}
        data={[
          { value: '', label: t('staff.branches.newPerson') },
          ...members.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        value={chosen}
        onChange={(event) => setChosen(event.currentTarget.value)}
      />
      <Fields
        key={`${chosen} ${member?.version} ${branches.length}`}
        members={members}
        branches={branches}
        {...(member ? { member } : {})}
      />
    </>
  );
}

function typedOf(member: Member | undefined, branches: Choices['branches']) {
  return {
    name: member?.name ?? '',
    email: member?.email ?? '',
    phone: member?.phone ?? '',
    position: member?.position ?? '',
    branch: member?.branch_id ?? branches[0]?.id ?? '',
    supervisor: member?.supervisor_id ?? '',
    hired: member?.hire_date ?? '',
    left: member?.left_on ?? '',
    reason: '',
  };
}

type Typed = ReturnType<typeof typedOf>;

function save(member: Member | undefined, typed: Typed) {
  const said = {
    name: typed.name.trim(),
    phone: typed.phone.trim() || null,
    position: typed.position.trim(),
    branch_id: typed.branch,
    supervisor_id: typed.supervisor || null,
  };
  if (!member) return addMember({ ...said, email: typed.email.trim(), hire_date: typed.hired });
  const { id, version } = member;
  return changeMember(id, { ...said, left_on: typed.left || null, note: typed.reason.trim(), version });
}

function Fields({ member, members, branches }: Choices & { member?: Member }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [typed, setTyped] = useState(() => typedOf(member, branches));
  const saving = useMutation({
    mutationFn: () => save(member, typed),
    onSuccess: () => {
      if (!member) setTyped(typedOf(undefined, branches));
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['staff-members'] }),
  });
  const needed: (keyof Typed)[] = ['name', 'position', 'branch', ...(member ? ['reason' as const] : newcomer)];
  const ready = needed.every((name) => typed[name].trim() !== '');
  const input = (name: keyof Typed, label: string, type = 'text') => (
    <TextInput
      type={type}
      label={label}
      value={typed[name]}
      onChange={(event) => {
        const value = event.currentTarget.value;
        setTyped((now) => ({ ...now, [name]: value }));
      }}
    />
  );
  const choice = (name: keyof Typed, label: string, data: { value: string; label: string }[]) => (
    <NativeSelect
      label={label}
      data={data}
      value={typed[name]}
      onChange={(event) => {
        const value = event.currentTarget.value;
        setTyped((now) => ({ ...now, [name]: value }));
      }}
    />
  );
  const bosses = members.filter((one) => one.id !== member?.id).map(({ id, name }) => ({ value: id, label: name }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready && !saving.isPending) saving.mutate();
  };
  return (
    <form onSubmit={submit}>
      <ProblemNotice error={saving.error} />
      <Group align="end">
        {input('name', t('staff.catalogue.name'))}
        {member ? null : input('email', t('staff.customers.email'), 'email')}
        {input('phone', t('staff.customers.phone'), 'tel')}
        {input('position', t('staff.branches.position'))}
        {choice(
          'branch',
          t('staff.customers.branch'),
          branches.map(({ id, name }) => ({ value: id, label: name })),
        )}
        {choice('supervisor', t('staff.branches.supervisor'), [
          { value: '', label: t('staff.branches.noSupervisor') },
          ...bosses,
        ])}
        {member
          ? input('left', t('staff.branches.lastDay'), 'date')
          : input('hired', t('staff.branches.since'), 'date')}
        {member ? input('reason', t('staff.reason')) : null}
        <Button type="submit" disabled={!ready} loading={saving.isPending}>
          {t('common.save')}
        </Button>
      </Group>
    </form>
  );
}

const newcomer: (keyof Typed)[] = ['email', 'hired'];
