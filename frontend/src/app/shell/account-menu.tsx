import { Menu, UnstyledButton } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Icon } from '@/components/icon';
import { useSession } from '@/lib/session';
import { endSession, forgetPerson } from '@/lib/sign-out';
import classes from './shell.module.css';

export function AccountMenu() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const email = useSession()?.email ?? '';
  const leave = async () => {
    await endSession();
    await navigate({ to: '/' });
    forgetPerson();
  };
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <UnstyledButton
          className={classes.avatar}
          aria-label={t('shell.account')}
          data-initials={email.slice(0, 2).toUpperCase()}
        />
      </Menu.Target>
      <Menu.Dropdown>
        <div className={classes.email}>{email}</div>
        <Menu.Item component={Link} to="/profile" leftSection={<Icon name="user" size={18} />}>
          {t('shell.profile')}
        </Menu.Item>
        <Menu.Item component={Link} to="/security" leftSection={<Icon name="shield-lock" size={18} />}>
          {t('shell.security')}
        </Menu.Item>
        <Menu.Item component={Link} to="/announcements" leftSection={<Icon name="speakerphone" size={18} />}>
          {t('shell.announcements')}
        </Menu.Item>
        <Menu.Item leftSection={<Icon name="logout" size={18} />} onClick={() => void leave()}>
          {t('shell.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
