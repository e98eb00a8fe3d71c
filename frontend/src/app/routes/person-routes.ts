import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { house } from './roots';
import { text } from './search';

const announcements = createRoute({
  getParentRoute: () => house,
  path: '/announcements',
  component: lazyRouteComponent(() => import('@/features/landing/components/announcements-page'), 'AnnouncementsPage'),
});
const inbox = createRoute({
  getParentRoute: () => house,
  path: '/inbox',
  component: lazyRouteComponent(() => import('@/features/inbox/components/inbox-page'), 'InboxPage'),
});
const preferences = createRoute({
  getParentRoute: () => house,
  path: '/inbox/preferences',
  component: lazyRouteComponent(() => import('@/features/inbox/components/preferences-page'), 'PreferencesPage'),
});
const tickets = createRoute({
  getParentRoute: () => house,
  path: '/tickets',
  component: lazyRouteComponent(() => import('@/features/tickets/components/tickets-page'), 'TicketsPage'),
});
const newTicket = createRoute({
  getParentRoute: () => house,
  path: '/tickets/new',
  validateSearch: (search: Record<string, unknown>): { transaction?: string; account?: string } => ({
    transaction: text(search.transaction),
    account: text(search.account),
  }),
  component: lazyRouteComponent(() => import('@/features/tickets/components/new-ticket-page'), 'NewTicketPage'),
});
const ticket = createRoute({
  getParentRoute: () => house,
  path: '/tickets/$ticketId',
  validateSearch: (search: Record<string, unknown>): { files?: 'missing' } =>
    search.files === 'missing' ? { files: 'missing' } : {},
  component: lazyRouteComponent(() => import('@/features/tickets/components/ticket-page'), 'TicketPage'),
});
const profile = createRoute({
  getParentRoute: () => house,
  path: '/profile',
  component: lazyRouteComponent(() => import('@/features/profile/components/profile-page'), 'ProfilePage'),
});
const settings = createRoute({
  getParentRoute: () => house,
  path: '/settings',
  component: lazyRouteComponent(() => import('@/features/settings/components/settings-page'), 'SettingsPage'),
});
const security = createRoute({
  getParentRoute: () => house,
  path: '/security',
  component: lazyRouteComponent(() => import('@/features/security/components/security-page'), 'SecurityPage'),
});

export const personRoutes = [
  announcements,
  inbox,
  preferences,
  tickets,
  newTicket,
  ticket,
  profile,
  settings,
  security,
];
