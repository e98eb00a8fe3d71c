import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { arrive } from '@/testing/arrive';

const counts = { all: 9, pending: 4, mine: 1, unassigned: 2, warned: 4, breached: 3, resolved: 5 };
const jobs = [
  { service: 'accounts', kind: 'a', dead: 0, state: 'idle' },
  { service: 'accounts', kind: 'b', dead: 2, state: 'idle' },
  { service: 'support', kind: 'c', dead: 0, state: 'failing' },
];

describe('work', () => {
  it('counts what the lists behind it have, for the role', async () => {
    arrive('/staff', ['support'], {
      answers: { '/tickets/queues': counts, '/jobs': { items: jobs, next: null, unreachable: [] } },
    });
    expect(await screen.findByRole('link', { name: '2 Failing jobs' })).toHaveAttribute('href', '/staff/day');
    expect(await screen.findByRole('link', { name: '3 Broken promises' })).toHaveAttribute(
      'href',
      '/staff/tickets?queue=breached',
    );
    expect(screen.getByRole('link', { name: '0 Approvals waiting' })).toBeVisible();
    expect(screen.queryByText('Broken invariants')).toBeNull();
    expect(screen.queryByText('Last actions')).toBeNull();
  });

  it('shows the last movements of the bank to every role, each leading to its entry', async () => {
    const entry = {
      id: 't-1',
      type: 'deposit',
      amount_minor: 1250,
      currency: 'EUR',
      description: 'Cash',
      booked_at: '2026-11-23T08:00:00Z',
    };
    arrive('/staff', ['auditor'], { answers: { '/transactions': { items: [entry], next: null } } });
    expect(await screen.findByRole('link', { name: 'Cash' })).toHaveAttribute('href', '/staff/transactions/t-1');
    expect(screen.getByRole('link', { name: 'All transactions' })).toHaveAttribute('href', '/staff/transactions');
  });

  it('has no tickets for a teller', async () => {
    arrive('/staff', ['teller'], { answers: { '/jobs': { items: jobs, next: null, unreachable: [] } } });
    expect(await screen.findByRole('link', { name: '2 Failing jobs' })).toBeVisible();
    expect(screen.queryByText('My tickets')).toBeNull();
  });
});
