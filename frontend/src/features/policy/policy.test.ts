import { describe, expect, it } from 'vitest';
import { rowsOf } from './policy';

describe('the policy', () => {
  it('has a row per request that asks for a role, and none for what is open to all', () => {
    const found = rowsOf({
      paths: { '/api/v1/audit': { get: { 'x-roles': ['auditor'] } }, '/api/v1/products': { get: {} } },
    });
    expect(found).toEqual([{ request: 'GET /audit', roles: ['auditor'] }]);
  });
});
