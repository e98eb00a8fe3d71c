/** What the console asks the bank for, and which roles the bank lets ask: a unit test compares it with the bank's document. */
export const staffRoles = ['teller', 'officer', 'supervisor', 'support', 'auditor', 'admin'] as const;
type Role = (typeof staffRoles)[number];
type Right = { request: string; roles: readonly Role[] };

const bosses = ['supervisor', 'admin'] as const;
const desk = ['support', 'supervisor', 'admin'] as const;
const branch = ['teller', 'officer', 'supervisor'] as const;

export const rights = {
  search: { request: 'POST /api/v1/customers/search', roles: staffRoles },
  'customer.read': { request: 'GET /api/v1/customers/{customer_id}', roles: staffRoles },
  sessions: {
    request: 'GET /api/v1/users/{user_id}/sessions',
    roles: ['officer', 'supervisor', 'support', 'auditor', 'admin'],
  },
  'sessions.end': {
    request: 'POST /api/v1/users/{user_id}/sessions/end',
    roles: ['officer', 'supervisor', 'support', 'admin'],
  },
  'customer.note': { request: 'POST /api/v1/customers/{customer_id}/notes', roles: staffRoles },
  'customer.kyc': { request: 'POST /api/v1/customers/{customer_id}/kyc', roles: ['officer', 'supervisor'] },
  'customer.views': {
    request: 'GET /api/v1/customers/{customer_id}/views',
    roles: ['supervisor', 'auditor', 'admin'],
  },
  'account.read': { request: 'GET /api/v1/accounts', roles: staffRoles },
  'account.open': { request: 'POST /api/v1/accounts', roles: branch },
  'account.edit': { request: 'PATCH /api/v1/accounts/{account_id}', roles: branch },
  'account.close': { request: 'POST /api/v1/accounts/{account_id}/close', roles: branch },
  'account.reopen': { request: 'POST /api/v1/accounts/{account_id}/reopen', roles: ['officer', 'supervisor'] },
  'limits.set': { request: 'PUT /api/v1/accounts/{account_id}/limits', roles: ['officer', 'supervisor'] },
  'hold.release': { request: 'POST /api/v1/holds/{hold_id}/release', roles: branch },
  'account.freeze': { request: 'POST /api/v1/accounts/{account_id}/freeze', roles: branch },
  'account.unfreeze': { request: 'POST /api/v1/accounts/{account_id}/unfreeze', roles: ['officer', 'supervisor'] },
  'transaction.read': { request: 'GET /api/v1/transactions/{transaction_id}', roles: staffRoles },
  'transaction.reverse': {
    request: 'POST /api/v1/transactions/{transaction_id}/reverse',
    roles: ['officer', 'supervisor'],
  },
  reports: { request: 'GET /api/v1/reports', roles: ['officer', 'supervisor', 'support', 'auditor', 'admin'] },
  'cash.book': { request: 'POST /api/v1/deposits', roles: branch },
  'transfer.book': { request: 'POST /api/v1/transfers', roles: branch },
  'approvals.read': { request: 'GET /api/v1/approvals', roles: staffRoles },
  'approvals.decide': {
    request: 'POST /api/v1/approvals/{approval_id}/approve',
    roles: ['officer', 'supervisor', 'admin'],
  },
  tickets: { request: 'GET /api/v1/tickets/queues', roles: desk },
  audit: { request: 'GET /api/v1/audit', roles: ['auditor', 'admin'] },
  day: { request: 'GET /api/v1/business-date/ends', roles: staffRoles },
  'day.advance': { request: 'POST /api/v1/business-date/advance', roles: bosses },
  holidays: { request: 'GET /api/v1/holidays', roles: staffRoles },
  'holidays.change': { request: 'POST /api/v1/holidays', roles: bosses },
  'jobs.again': { request: 'POST /api/v1/jobs/{service}/runs/{job_id}/run-again', roles: bosses },
  books: { request: 'GET /api/v1/ledger/trial-balance', roles: ['officer', 'supervisor', 'auditor', 'admin'] },
  'day-book': { request: 'GET /api/v1/ledger/day-book', roles: ['officer', 'supervisor', 'auditor', 'admin'] },
  invariants: { request: 'GET /api/v1/ledger/invariants', roles: ['supervisor', 'auditor', 'admin'] },
  staff: { request: 'GET /api/v1/staff', roles: staffRoles },
  'staff.change': { request: 'PATCH /api/v1/staff/{staff_id}', roles: ['admin'] },
  'rates.set': { request: 'POST /api/v1/interest-rates', roles: bosses },
  'products.change': { request: 'PATCH /api/v1/products/{product}', roles: bosses },
  announce: { request: 'POST /api/v1/announcements', roles: desk },
  'branches.change': { request: 'POST /api/v1/branches', roles: bosses },
  reconciliations: { request: 'GET /api/v1/reconciliations', roles: ['officer', 'supervisor', 'auditor'] },
  reconcile: { request: 'POST /api/v1/reconciliations', roles: ['officer', 'supervisor'] },
  deliveries: { request: 'GET /api/v1/deliveries', roles: desk },
  users: { request: 'GET /api/v1/users', roles: ['admin'] },
  services: { request: 'GET /api/v1/services', roles: staffRoles },
  letters: { request: 'GET /api/v1/dead-letters', roles: desk },
} as const satisfies Record<string, Right>;

export type RightName = keyof typeof rights;
