import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { queryClient } from '@/lib/query-client';
import { sessionQuery } from '@/lib/session';
import { Failed } from './routes/failed';
import { NotFound } from './routes/not-found';
import { HouseLayout } from './shell/house-layout';
import { PublicLayout } from './shell/public-layout';

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound, errorComponent: Failed });

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

const day = (value: unknown) => (/^\d{4}-\d{2}-\d{2}$/.test(String(value)) ? String(value) : undefined);

const kinds = ['deposit', 'withdrawal', 'transfer', 'capture', 'fee', 'interest', 'adjustment', 'reversal'] as const;
type MovementSearch = { q?: string; type?: (typeof kinds)[number]; from?: string; to?: string };

const door = createRoute({ getParentRoute: () => root, id: 'door', component: PublicLayout });

const landing = createRoute({
  getParentRoute: () => door,
  path: '/',
  component: lazyRouteComponent(() => import('@/features/landing/components/landing-page'), 'LandingPage'),
});
const about = createRoute({
  getParentRoute: () => door,
  path: '/about',
  component: lazyRouteComponent(() => import('@/features/landing/components/about-page'), 'AboutPage'),
});
const signIn = createRoute({
  getParentRoute: () => door,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { next?: string; email?: string; why?: string } => ({
    next: safePath(search.next),
    email: text(search.email),
    why: text(search.why),
  }),
  component: lazyRouteComponent(() => import('@/features/session/components/sign-in-page'), 'SignInPage'),
});
const forgotten = createRoute({
  getParentRoute: () => door,
  path: '/forgotten-password',
  component: lazyRouteComponent(
    () => import('@/features/session/components/forgotten-password-page'),
    'ForgottenPasswordPage',
  ),
});

/** Only a path of this app: a link must not be able to send people elsewhere after they signed in. */
function safePath(value: unknown): string | undefined {
  const path = text(value);
  return path && /^\/(?![/\\])/.test(path) ? path : undefined;
}

const house = createRoute({
  getParentRoute: () => root,
  id: 'house',
  component: HouseLayout,
  beforeLoad: async ({ location }) => {
    const session = await queryClient.ensureQueryData(sessionQuery);
    if (!session) throw redirect({ to: '/sign-in', search: { next: location.href, why: 'ended' } });
  },
});

const home = createRoute({
  getParentRoute: () => house,
  path: '/home',
  component: lazyRouteComponent(() => import('@/features/home/components/home-page'), 'HomePage'),
});

const account = createRoute({
  getParentRoute: () => house,
  path: '/accounts/$accountId',
  validateSearch: (search: Record<string, unknown>): MovementSearch => ({
    q: text(search.q),
    type: kinds.find((kind) => kind === search.type),
    from: day(search.from),
    to: day(search.to),
  }),
  component: lazyRouteComponent(() => import('@/features/accounts/components/account-page'), 'AccountPage'),
});
const movement = createRoute({
  getParentRoute: () => house,
  path: '/accounts/$accountId/movements/$transactionId',
  component: lazyRouteComponent(() => import('@/features/accounts/components/movement-page'), 'MovementPage'),
});
const openAccount = createRoute({
  getParentRoute: () => house,
  path: '/open-account',
  component: lazyRouteComponent(() => import('@/features/accounts/components/open-account-page'), 'OpenAccountPage'),
});
const announcements = createRoute({
  getParentRoute: () => house,
  path: '/announcements',
  component: lazyRouteComponent(() => import('@/features/landing/components/announcements-page'), 'AnnouncementsPage'),
});

const pay = createRoute({
  getParentRoute: () => house,
  path: '/pay',
  validateSearch: (search: Record<string, unknown>): { from?: string; order?: string; step?: 'review' | 'done' } => ({
    from: text(search.from),
    order: text(search.order),
    step: search.step === 'review' || search.step === 'done' ? search.step : undefined,
  }),
  component: lazyRouteComponent(() => import('@/features/payments/components/pay-page'), 'PayPage'),
});
const cash = createRoute({
  getParentRoute: () => house,
  path: '/cash',
  validateSearch: (search: Record<string, unknown>): { order?: string } => ({ order: text(search.order) }),
  component: lazyRouteComponent(() => import('@/features/payments/components/cash-page'), 'CashPage'),
});

const inbox = createRoute({
  getParentRoute: () => house,
  path: '/inbox',
  component: lazyRouteComponent(() => import('@/features/inbox/components/inbox-page'), 'InboxPage'),
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
const register = createRoute({
  getParentRoute: () => door,
  path: '/register',
  component: lazyRouteComponent(() => import('@/features/register/components/register-page'), 'RegisterPage'),
});

const routeTree = root.addChildren([
  door.addChildren([landing, about, signIn, forgotten, register]),
  house.addChildren([
    home,
    account,
    movement,
    openAccount,
    announcements,
    pay,
    cash,
    inbox,
    tickets,
    newTicket,
    ticket,
    profile,
    settings,
    security,
  ]),
]);

export const router = createRouter({ routeTree, defaultPreload: 'intent', scrollRestoration: true });

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
