import { Button, NativeSelect } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/card';
import { Page } from '@/components/page';
import { PagedTable } from '@/components/paged-table';
import { ReasonButton } from '@/components/reason-button';
import { useSession } from '@/lib/session';
import { changeUser } from '../api/change-user';
import { type RoleName, roleNames, type User, usersQuery } from '../api/users';
import { InviteForm } from './invite-form';
import { RolesDialog } from './roles-dialog';

export function UsersPage() {
  const { t } = useTranslation();
  const me = useSession()?.user_id;
  const [role, setRole] = useState<RoleName | undefined>('teller');
  const [chosen, setChosen] = useState<User | null>(null);
  const users = useInfiniteQuery(usersQuery(role));
  const actions = (user: User) =>
    user.id === me ? null : (
      <>
        <Button variant="default" size="sm" onClick={() => setChosen(user)}>
          {t('staff.users.changeRoles')}
        </Button>{' '}
        <ReasonButton
          name={t(user.status === 'active' ? 'staff.users.suspend' : 'staff.users.restore')}
          subject={user.email}
          changes={['users']}
          give={(reason) =>
            changeUser(user.id, {
              status: user.status === 'active' ? 'suspended' : 'active',
              version: user.version,
              reason,
            })
          }
        />
      </>
    );
  return (
    <Page title={t('staff.places.users')}>
      <NativeSelect
        label={t('staff.users.role')}
        data={[{ value: '', label: t('staff.users.everybody') }, ...roleNames]}
        value={role ?? ''}
        onChange={(event) => setRole(roleNames.find((one) => one === event.currentTarget.value))}
      />
      <Card>
        <PagedTable
          query={users}
          label={t('staff.places.users')}
          emptyIcon="users"
          emptyText={t('staff.users.none')}
          rowKey={(row) => row.id}
          columns={[
            { name: t('staff.customers.email'), show: (row) => row.email },
            { name: t('staff.customers.roles'), show: (row) => row.roles.join(', ') },
            { name: t('staff.customers.branch'), show: (row) => row.branch_id ?? '' },
            { name: t('staff.customers.status'), show: (row) => t(`staff.users.states.${row.status}`) },
            { name: t('staff.customers.do'), show: actions },
          ]}
        />
      </Card>
      <Card title={t('staff.users.invite')}>
        <InviteForm />
      </Card>
      {chosen ? <RolesDialog key={chosen.id} user={chosen} onClose={() => setChosen(null)} /> : null}
    </Page>
  );
}
