import { ActionIcon } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useRouter } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '@/components/icon';
import { destinations } from '@/config/navigation';
import { inboxQuery } from '@/lib/bank/inbox';
import { followBank } from '@/lib/live';
import { sessionQuery } from '@/lib/session';
import { AccountMenu } from './account-menu';
import { Brand } from './brand';
import { ConnectionNotice } from './connection-notice';
import { Preferences } from './preferences';
import classes from './shell.module.css';

const Palette = lazy(() => import('./palette').then((file) => ({ default: file.Palette })));

/** The frame of the signed-in customer: places at the side, on a phone at the bottom. */
export function HouseLayout() {
  const { t } = useTranslation();
  const [searching, setSearching] = useState(false);
  const search = () => setSearching(true);
  useHotkeys([
    ['mod+K', search],
    ['/', search],
  ]);
  useEffect(followBank, []);
  const router = useRouter();
  const session = useQuery(sessionQuery).data;
  useEffect(() => {
    // The bank said that the session has ended: the way in is asked again, and leads to sign-in.
    if (session === null) void router.invalidate();
  }, [session, router]);
  return (
    <>
      <a href="#content" className={classes.skip}>
        {t('common.skip')}
      </a>
      <header className={classes.header}>
        <Brand to="/home" />
        <button type="button" className={classes.search} onClick={search}>
          <Icon name="search" size={18} />
          <span className={classes.searchText}>{t('shell.search')}</span>
          <span className={classes.keys} aria-hidden="true" />
        </button>
        <div className={classes.actions}>
          <Bell />
          <Preferences />
          <AccountMenu />
        </div>
      </header>
      <nav className={classes.side} aria-label={t('shell.navigation')}>
        {destinations.map((place) => (
          <Link key={place.to} to={place.to} className={classes.place} activeProps={{ 'aria-current': 'page' }}>
            <Icon name={place.icon} />
            {t(`shell.${place.label}`)}
          </Link>
        ))}
        <button type="button" className={`${classes.place} ${classes.more}`} onClick={search}>
          <Icon name="dots" />
          {t('shell.more')}
        </button>
      </nav>
      <main id="content" className={classes.housed}>
        <ConnectionNotice />
        <Outlet />
      </main>
      <Suspense fallback={null}>{searching ? <Palette onClose={() => setSearching(false)} /> : null}</Suspense>
    </>
  );
}

function Bell() {
  const { t } = useTranslation();
  const unread = useQuery(inboxQuery).data?.unread ?? 0;
  const label = unread > 0 ? t('shell.unread', { count: unread }) : t('shell.inbox');
  return (
    <ActionIcon variant="default" component={Link} to="/inbox" aria-label={label} className={classes.bell}>
      <Icon name="bell" />
      {unread > 0 ? (
        <span className={classes.badge} aria-hidden="true">
          {unread > 99 ? '99+' : unread}
        </span>
      ) : null}
    </ActionIcon>
  );
}
