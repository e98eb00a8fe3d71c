import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { rights, staffRoles } from './staff-rights';

type Operation = { 'x-roles'?: string[] };
const bank = JSON.parse(readFileSync(`${import.meta.dirname}/../../../gateway/openapi.json`, 'utf8')) as {
  paths: Record<string, Record<string, Operation>>;
};

describe('what the console offers to a role', () => {
  it.each(Object.entries(rights))('%s is what the policy of the bank allows', (_name, { request, roles }) => {
    const [method = '', path = ''] = request.split(' ');
    const allowed = bank.paths[path]?.[method.toLowerCase()]?.['x-roles'] ?? [];
    const ofStaff = staffRoles.filter((role) => allowed.includes(role));
    expect([...roles].sort()).toEqual([...ofStaff].sort());
  });
});
