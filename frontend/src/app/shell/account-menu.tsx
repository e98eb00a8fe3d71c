import { UnstyledButton } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { LateMenu } from '@/components/late-menu';
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
    <LateMenu
      target={
        <UnstyledButton
          className={classes.avatar}
          aria-label={t('shell.account')}
          data-initials={email.slice(0, 2).toUpperCase()}
        />
      }
      head={email}
      entries={[
        { label: t('shell.profile'), icon: 'user', to: '/profile' },
        { label: t('shell.security'), icon: 'shield-lock', to: '/security' },
        { label: t('shell.announcements'), icon: 'speakerphone', to: '/announcements' },
        { label: t('shell.signOut'), icon: 'logout', onChoose: () => void leave() },
      ]}
    />
  );
}
