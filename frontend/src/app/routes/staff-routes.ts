import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { day, text } from './search';
import { only, staffHouse } from './staff-root';

const getParentRoute = () => staffHouse;
type JournalSearch = { account?: string; type?: string; q?: string; from?: string; to?: string };
type AuditSearch = { service?: string; actor?: string; subject?: string; from?: string; to?: string };

const work = createRoute({
  getParentRoute,
  path: '/',
  component: lazyRouteComponent(() => import('@/features/work/components/work-page'), 'WorkPage'),
});
const search = createRoute({
  getParentRoute,
  path: '/search',
  beforeLoad: only('search'),
  validateSearch: (given: Record<string, unknown>): { q?: string } => ({ q: text(given.q) }),
  component: lazyRouteComponent(() => import('@/features/find/components/find-page'), 'FindPage'),
});
const customer = createRoute({
  getParentRoute,
  path: '/customers/$customerId',
  beforeLoad: only('customer.read'),
  component: lazyRouteComponent(() => import('@/features/customers/components/customer-page'), 'CustomerPage'),
});
const kyc = createRoute({
  getParentRoute,
  path: '/kyc',
  beforeLoad: only('customer.kyc'),
  validateSearch: (given: Record<string, unknown>): { state?: string } => ({ state: text(given.state) }),
  component: lazyRouteComponent(() => import('@/features/customers/components/kyc-page'), 'KycPage'),
});
const desk = createRoute({
  getParentRoute,
  path: '/desk',
  beforeLoad: only('cash.book'),
  validateSearch: (given: Record<string, unknown>): { account?: string } => ({ account: text(given.account) }),
  component: lazyRouteComponent(() => import('@/features/desk/components/desk-page'), 'DeskPage'),
});
const contracts = createRoute({
  getParentRoute,
  path: '/accounts',
  beforeLoad: only('account.read'),
  validateSearch: (given: Record<string, unknown>): { status?: string; product?: string; branch?: string } => ({
    status: text(given.status),
    product: text(given.product),
    branch: text(given.branch),
  }),
  component: lazyRouteComponent(() => import('@/features/contracts/components/contracts-page'), 'ContractsPage'),
});
const contract = createRoute({
  getParentRoute,
  path: '/accounts/$accountId',
  beforeLoad: only('account.read'),
  component: lazyRouteComponent(() => import('@/features/contracts/components/contract-page'), 'ContractPage'),
});
const journal = createRoute({
  getParentRoute,
  path: '/transactions',
  beforeLoad: only('transaction.read'),
  validateSearch: (given: Record<string, unknown>): JournalSearch => ({
    account: text(given.account),
    type: text(given.type),
    q: text(given.q),
    from: day(given.from),
    to: day(given.to),
  }),
  component: lazyRouteComponent(() => import('@/features/books/components/journal-page'), 'JournalPage'),
});
const approvals = createRoute({
  getParentRoute,
  path: '/approvals',
  beforeLoad: only('approvals.read'),
  component: lazyRouteComponent(() => import('@/features/approvals/components/approvals-page'), 'ApprovalsPage'),
});
const tickets = createRoute({
  getParentRoute,
  path: '/tickets',
  beforeLoad: only('tickets'),
  validateSearch: (given: Record<string, unknown>): { queue?: string; q?: string; as?: 'board' } => ({
    as: given.as === 'board' ? 'board' : undefined,
    queue: text(given.queue),
    q: text(given.q),
  }),
  component: lazyRouteComponent(() => import('@/features/queue/components/queue-page'), 'QueuePage'),
});
const ticket = createRoute({
  getParentRoute,
  path: '/tickets/$ticketId',
  beforeLoad: only('tickets'),
  component: lazyRouteComponent(() => import('@/features/queue/components/case-page'), 'CasePage'),
});
const audit = createRoute({
  getParentRoute,
  path: '/audit',
  beforeLoad: only('audit'),
  validateSearch: (given: Record<string, unknown>): AuditSearch => ({
    service: text(given.service),
    actor: text(given.actor),
    subject: text(given.subject),
    from: day(given.from),
    to: day(given.to),
  }),
  component: lazyRouteComponent(() => import('@/features/audit/components/audit-page'), 'AuditPage'),
});
const theDay = createRoute({
  getParentRoute,
  path: '/day',
  beforeLoad: only('day'),
  component: lazyRouteComponent(() => import('@/features/day/components/day-page'), 'DayPage'),
});
const holidays = createRoute({
  getParentRoute,
  path: '/day/holidays',
  beforeLoad: only('holidays'),
  component: lazyRouteComponent(() => import('@/features/holidays/components/holidays-page'), 'HolidaysPage'),
});
const books = createRoute({
  getParentRoute,
  path: '/books',
  beforeLoad: only('books'),
  component: lazyRouteComponent(() => import('@/features/books/components/books-page'), 'BooksPage'),
});
const transaction = createRoute({
  getParentRoute,
  path: '/transactions/$transactionId',
  beforeLoad: only('transaction.read'),
  component: lazyRouteComponent(() => import('@/features/books/components/transaction-page'), 'TransactionPage'),
});
const reports = createRoute({
  getParentRoute,
  path: '/reports',
  beforeLoad: only('reports'),
  component: lazyRouteComponent(() => import('@/features/books/components/reports-page'), 'ReportsPage'),
});
const invariants = createRoute({
  getParentRoute,
  path: '/invariants',
  beforeLoad: only('invariants'),
  component: lazyRouteComponent(() => import('@/features/books/components/invariants-page'), 'InvariantsPage'),
});
const products = createRoute({
  getParentRoute,
  path: '/products',
  component: lazyRouteComponent(() => import('@/features/catalogue/components/catalogue-page'), 'CataloguePage'),
});
const branches = createRoute({
  getParentRoute,
  path: '/branches',
  beforeLoad: only('staff'),
  component: lazyRouteComponent(() => import('@/features/branches/components/branches-page'), 'BranchesPage'),
});
const announcements = createRoute({
  getParentRoute,
  path: '/announcements',
  beforeLoad: only('announce'),
  component: lazyRouteComponent(() => import('@/features/notices/components/notices-page'), 'NoticesPage'),
});
const users = createRoute({
  getParentRoute,
  path: '/users',
  beforeLoad: only('users'),
  component: lazyRouteComponent(() => import('@/features/users/components/users-page'), 'UsersPage'),
});
const letters = createRoute({
  getParentRoute,
  path: '/dead-letters',
  beforeLoad: only('letters'),
  component: lazyRouteComponent(() => import('@/features/dead-letters/components/letters-page'), 'LettersPage'),
});
const welcome = createRoute({
  getParentRoute,
  path: '/new-customer',
  beforeLoad: only('account.open'),
  component: lazyRouteComponent(() => import('@/features/welcome/components/welcome-page'), 'WelcomePage'),
});
const reconciling = createRoute({
  getParentRoute,
  path: '/reconciliation',
  beforeLoad: only('reconciliations'),
  component: lazyRouteComponent(() => import('@/features/reconciling/components/reconciling-page'), 'ReconcilingPage'),
});
const deliveries = createRoute({
  getParentRoute,
  path: '/deliveries',
  beforeLoad: only('deliveries'),
  validateSearch: (given: Record<string, unknown>): { state?: string } => ({ state: text(given.state) }),
  component: lazyRouteComponent(() => import('@/features/deliveries/components/deliveries-page'), 'DeliveriesPage'),
});
const services = createRoute({
  getParentRoute,
  path: '/services',
  beforeLoad: only('services'),
  component: lazyRouteComponent(() => import('@/features/services/components/services-page'), 'ServicesPage'),
});
const policy = createRoute({
  getParentRoute,
  path: '/policy',
  component: lazyRouteComponent(() => import('@/features/policy/components/policy-page'), 'PolicyPage'),
});
const security = createRoute({
  getParentRoute,
  path: '/security',
  component: lazyRouteComponent(() => import('@/features/security/components/security-page'), 'SecurityPage'),
});

export const staffRoutes = [
  work,
  search,
  customer,
  kyc,
  desk,
  contracts,
  contract,
  journal,
  approvals,
  tickets,
  ticket,
  audit,
  theDay,
  holidays,
  books,
  transaction,
  reports,
  invariants,
  products,
  branches,
  announcements,
  users,
  letters,
  welcome,
  reconciling,
  deliveries,
  services,
  policy,
  security,
];
