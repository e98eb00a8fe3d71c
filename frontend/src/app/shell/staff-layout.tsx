import { UnstyledButton } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useNavigate, useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '@/components/icon';
import { LateMenu } from '@/components/late-menu';
import { staffPlaces } from '@/config/staff-places';
import { ticketQueuesQuery } from '@/lib/bank/ticket-queues';
import { followBank } from '@/lib/live';
import { sessionQuery } from '@/lib/session';
import { endSession, forgetPerson } from '@/lib/sign-out';
import { may } from '@/lib/staff';
import { Brand } from './brand';
import { ConnectionNotice } from './connection-notice';
import { Preferences } from './preferences';
import classes from './shell.module.css';

/** The frame of the console: only the places that the person's role may enter. */
export function StaffLayout() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const router = useRouter();
  const session = useQuery(sessionQuery).data;
  const search = () => void navigate({ to: '/staff/search' });
  useHotkeys([
    ['mod+K', search],
    ['/', search],
  ]);
  useEffect(followBank, []);
  useEffect(() => {
    // The bank said that the session has ended: the way in is asked again, and leads to sign-in.
    if (session === null) void router.invalidate();
  }, [session, router]);
  const places = staffPlaces.filter(({ right }) => right === undefined || may(session ?? null, right));
  const named = places.map((place) => ({ ...place, name: t(`staff.places.${place.label}`) }));
  return (
    <>
      <a href="#content" className={classes.skip}>
        {t('common.skip')}
      </a>
      <header className={classes.header}>
        <Brand to="/staff" />
        <button type="button" className={classes.search} onClick={search}>
          <Icon name="search" size={18} />
          <span className={classes.searchText}>{t('staff.find.label')}</span>
          <span className={classes.keys} aria-hidden="true" />
        </button>
        <div className={classes.actions}>
          <Preferences />
          <PersonMenu email={session?.email ?? ''} />
        </div>
      </header>
      <nav className={classes.side} aria-label={t('shell.navigation')}>
        {named.map((place) => (
          <Link
            key={place.to}
            to={place.to}
            className={classes.place}
            activeOptions={{ exact: place.to === '/staff', includeSearch: false }}
            activeProps={{ 'aria-current': 'page' }}
          >
            <Icon name={place.icon} />
            {place.name}
            {place.label === 'tickets' ? <OpenTickets /> : null}
          </Link>
        ))}
        <LateMenu
          target={
            <button type="button" className={`${classes.place} ${classes.more}`}>
              <Icon name="dots" />
              {t('shell.more')}
            </button>
          }
          entries={named.slice(4).map(({ name, icon, to }) => ({ label: name, icon, to }))}
        />
      </nav>
      <main id="content" className={classes.housed}>
        <ConnectionNotice />
        <Outlet />
      </main>
    </>
  );
}

function OpenTickets() {
  const { t } = useTranslation();
  const waiting = useQuery(ticketQueuesQuery).data?.pending ?? 0;
  return waiting > 0 ? (
    <span className={classes.count} role="img" aria-label={t('staff.places.pending', { count: waiting })}>
      {waiting}
    </span>
  ) : null;
}

function PersonMenu({ email }: { email: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
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
        { label: t('shell.security'), icon: 'shield-lock', to: '/staff/security' },
        { label: t('shell.signOut'), icon: 'logout', onChoose: () => void leave() },
      ]}
    />
  );
}
