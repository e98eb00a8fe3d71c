import { Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { LinkButton } from '@/components/link-button';
import { useSession } from '@/lib/session';
import { Brand } from './brand';
import { ConnectionNotice } from './connection-notice';
import { Preferences } from './preferences';
import classes from './shell.module.css';

/** The frame in front of the bank's door. */
export function PublicLayout() {
  const { t } = useTranslation();
  const session = useSession();
  return (
    <>
      <a href="#content" className={classes.skip}>
        {t('common.skip')}
      </a>
      <header className={classes.header}>
        <Brand to="/" />
        <div className={classes.actions}>
          <Preferences />
          <LinkButton to={session ? '/home' : '/sign-in'} variant="default">
            {t(session ? 'shell.home' : 'shell.signIn')}
          </LinkButton>
        </div>
      </header>
      <main id="content" className={classes.content}>
        <ConnectionNotice />
        <Outlet />
      </main>
    </>
  );
}
