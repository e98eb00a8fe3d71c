import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { house } from './roots';
import { day, text } from './search';

const kinds = ['deposit', 'withdrawal', 'transfer', 'capture', 'fee', 'interest', 'adjustment', 'reversal'] as const;
type PaySearch = { from?: string; payee?: string; order?: string; step?: 'review' | 'done' };
type MovementSearch = { q?: string; type?: (typeof kinds)[number]; from?: string; to?: string };

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
const pay = createRoute({
  getParentRoute: () => house,
  path: '/pay',
  validateSearch: (search: Record<string, unknown>): PaySearch => ({
    from: text(search.from),
    payee: text(search.payee),
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
const payees = createRoute({
  getParentRoute: () => house,
  path: '/payees',
  component: lazyRouteComponent(() => import('@/features/payees/components/payees-page'), 'PayeesPage'),
});
const orders = createRoute({
  getParentRoute: () => house,
  path: '/standing-orders',
  component: lazyRouteComponent(() => import('@/features/orders/components/orders-page'), 'OrdersPage'),
});
const newOrder = createRoute({
  getParentRoute: () => house,
  path: '/standing-orders/new',
  component: lazyRouteComponent(() => import('@/features/orders/components/new-order-page'), 'NewOrderPage'),
});
const order = createRoute({
  getParentRoute: () => house,
  path: '/standing-orders/$orderId',
  component: lazyRouteComponent(() => import('@/features/orders/components/order-page'), 'OrderPage'),
});
const statements = createRoute({
  getParentRoute: () => house,
  path: '/statements',
  validateSearch: (search: Record<string, unknown>): { account?: string } => ({ account: text(search.account) }),
  component: lazyRouteComponent(() => import('@/features/statements/components/statements-page'), 'StatementsPage'),
});
const signatures = createRoute({
  getParentRoute: () => house,
  path: '/signatures',
  component: lazyRouteComponent(() => import('@/features/signatures/components/signatures-page'), 'SignaturesPage'),
});
const interest = createRoute({
  getParentRoute: () => house,
  path: '/accounts/$accountId/interest',
  validateSearch: (search: Record<string, unknown>): { period?: string; kind?: 'credit' | 'debit' } => ({
    period: text(search.period),
    kind: search.kind === 'credit' || search.kind === 'debit' ? search.kind : undefined,
  }),
  component: lazyRouteComponent(() => import('@/features/interest/components/interest-page'), 'InterestPage'),
});

export const moneyRoutes = [
  home,
  account,
  movement,
  openAccount,
  pay,
  cash,
  payees,
  orders,
  newOrder,
  order,
  statements,
  signatures,
  interest,
];
