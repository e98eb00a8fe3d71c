import { Alert, Button, Checkbox, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '@/components/dialog';
import { ProblemNotice } from '@/components/problem-notice';
import { changeUser } from '../api/change-user';
import { roleNames, type User } from '../api/users';

/** What one person may do: the roles, all at once. */
export function RolesDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [roles, setRoles] = useState(user.roles);
  const [reason, setReason] = useState('');
  const saving = useMutation({
    mutationFn: () =>
      changeUser(user.id, {
        roles: roleNames.filter((role) => roles.includes(role)),
        version: user.version,
        reason: reason.trim(),
      }),
    onSuccess: (data) => {
      if (!('approval' in data)) onClose();
    },
    onSettled: () => {
      for (const part of ['users', 'approvals']) void client.invalidateQueries({ queryKey: [part] });
    },
  });
  const waits = saving.data !== undefined && 'approval' in saving.data;
  return (
    <Dialog opened onClose={onClose} title={user.email}>
      <Stack gap="sm">
        {roleNames.map((role) => (
          <Checkbox
            key={role}
            label={role}
            checked={roles.includes(role)}
            onChange={(event) => {
              const wanted = event.currentTarget.checked;
              setRoles((now) => (wanted ? [...now, role] : now.filter((one) => one !== role)));
            }}
          />
        ))}
        <TextInput
          label={t('staff.reason')}
          description={t('staff.reasonHint')}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <ProblemNotice error={saving.error} />
        {waits ? (
          <Alert role="status" icon={null}>
            {t('staff.desk.waitingText')}
          </Alert>
        ) : null}
        <Button
          loading={saving.isPending}
          disabled={roles.length === 0 || waits || reason.trim() === ''}
          onClick={() => saving.mutate()}
        >
          {t('common.save')}
        </Button>
      </Stack>
    </Dialog>
  );
}
