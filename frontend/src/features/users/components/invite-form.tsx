import { Alert, Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNotice } from '@/components/problem-notice';
import { inviteUser } from '../api/invite-user';
import { type RoleName, roleNames } from '../api/users';

const staffRoles = roleNames.filter((role) => role !== 'customer');

export function InviteForm() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [email, setEmail] = useState('');
  const [branch, setBranch] = useState('main');
  const [role, setRole] = useState<RoleName>('teller');
  const inviting = useMutation({
    mutationFn: () => inviteUser({ email: email.trim(), roles: [role], ...(branch ? { branch_id: branch } : {}) }),
    onSuccess: () => setEmail(''),
    onSettled: () => client.invalidateQueries({ queryKey: ['users'] }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (email.includes('@') && !inviting.isPending) inviting.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Group align="end">
          <TextInput
            type="email"
            label={t('staff.customers.email')}
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <NativeSelect
            label={t('staff.users.role')}
            data={staffRoles}
            value={role}
            onChange={(event) => setRole(staffRoles.find((one) => one === event.currentTarget.value) ?? 'teller')}
          />
          <TextInput
            label={t('staff.customers.branch')}
            value={branch}
            onChange={(event) => setBranch(event.currentTarget.value.trim())}
          />
        </Group>
        <ProblemNotice error={inviting.error} />
        {inviting.isSuccess ? (
          <Alert role="status" icon={null}>
            {t('approval' in inviting.data ? 'staff.desk.waitingText' : 'staff.users.invited')}
          </Alert>
        ) : null}
        <Group>
          <Button type="submit" loading={inviting.isPending}>
            {t('staff.users.invite')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
