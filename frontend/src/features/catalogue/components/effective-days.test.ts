import { expect, it } from 'vitest';
import { effectiveDays } from './effective-days';

const version = (number: number, effective_from: string) => ({
  version: number,
  effective_from,
  product: 'savings',
  created_at: '2026-11-01T00:00:00Z',
  created_by: 'sam',
  note: 'Spring',
  terms: {},
});
const rate = (id: string, effective_from: string) => ({
  id,
  effective_from,
  effective_to: null,
  product: 'savings',
  side: 'credit' as const,
  tier_from_minor: 0,
  rate_basis_points: 150,
  created_at: '2026-11-01T00:00:00Z',
  created_by: 'sam',
  note: null,
  version: 1,
  withdrawn_at: null,
  withdrawn_by: null,
});

it('puts terms and rates on one line of days, the latest first', () => {
  const days = effectiveDays([version(1, '2026-01-01'), version(2, '2026-12-01')], [rate('r-1', '2026-06-01')]);
  expect(days.map(({ day, what }) => [day, what.kind])).toEqual([
    ['2026-12-01', 'terms'],
    ['2026-06-01', 'rate'],
    ['2026-01-01', 'terms'],
  ]);
  expect(days.map(({ why }) => why)).toEqual(['Spring', '', 'Spring']);
});
