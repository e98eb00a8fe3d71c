import { expect, it } from 'vitest';
import { lookedAt } from './looked-at';

it.each([
  ['GET /api/v1/customers/{customer_id}', 'details'],
  ['POST /api/v1/customers/search', 'details'],
  ['GET /api/v1/customers/{customer_id}/notes', 'notes'],
  ['GET /api/v1/customers/{customer_id}/kyc', 'identity'],
  ['GET /api/v1/balances/{account_id}', 'money'],
  ['GET /api/v1/accounts/{account_id}/history', 'accounts'],
  ['GET /api/v1/tickets/{ticket_id}', 'tickets'],
  ['GET /api/v1/auth/events', 'signIns'],
])('%s shows %s', (operation, kind) => {
  expect(lookedAt(operation)).toBe(kind);
});
