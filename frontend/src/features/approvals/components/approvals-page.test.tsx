import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import { queryClient, SESSION_KEY } from '@/lib/query-client';
import { show } from '@/testing/render';
import { server } from '@/testing/server';
import { ApprovalsPage } from './approvals-page';

const door = 'http://localhost:8080/api/v1/approvals';
const waiting = {
  id: 'a-1',
  command: 'set-rate',
  status: 'pending',
  service: 'accounts',
  subject_type: 'product',
  subject_id: 'savings',
  made_by: 'u-maker',
  made_at: '2026-11-23T08:00:00Z',
  expires_at: '2026-11-24T08:00:00Z',
  checkers: ['officer'],
  changes: [{ field: 'rate_basis_points', before: 200, after: 250 }],
  amount_minor: null,
  currency: null,
  branch_id: null,
  reason: 'The market moved.',
  note: null,
  outcome: null,
  decided_at: null,
  decided_by: null,
};

function be(userId: string, role: string) {
  const person = { user_id: userId, email: 'o@demo.bank', roles: [role], customer_id: null, branch_id: 'main' };
  queryClient.setQueryData(SESSION_KEY, { ...person, session_id: 's', factors: [] });
}

beforeEach(() => server.use(http.get(door, () => HttpResponse.json({ items: [waiting], next: null }))));

describe('the approvals', () => {
  it('show what would change as people write it', async () => {
    be('u-checker', 'officer');
    const changes = [
      { field: 'overdraft_limit_minor', before: 0, after: 150_000 },
      { field: 'effective_on', before: null, after: '2026-12-01' },
      { field: 'roles', before: ['teller'], after: ['teller', 'officer'] },
    ];
    const dear = { ...waiting, changes, currency: 'EUR' };
    server.use(http.get(door, () => HttpResponse.json({ items: [dear], next: null })));
    show(<ApprovalsPage />);
    expect(await screen.findByText('overdraft limit')).toBeVisible();
    expect(screen.getByText('€1,500.00')).toBeVisible();
    expect(screen.getByText('effective on').closest('tr')).toHaveTextContent('1 Dec 2026');
    expect(screen.getByText('teller, officer')).toBeVisible();
  });

  it('show what would change, and are approved with a reason', async () => {
    be('u-checker', 'officer');
    const notes: unknown[] = [];
    server.use(
      http.post(`${door}/a-1/approve`, async ({ request }) => {
        notes.push(await request.json());
        return HttpResponse.json({ ...waiting, status: 'executed' });
      }),
    );
    show(<ApprovalsPage />);
    expect(await screen.findByRole('row', { name: 'rate 2% 2.5%' })).toBeVisible();
    expect(screen.getByRole('button', { name: 'Approve' })).toBeDisabled();
    await userEvent.type(screen.getByLabelText('Reason'), 'Checked.');
    await userEvent.click(screen.getByRole('button', { name: 'Approve' }));
    expect(notes).toEqual([{ note: 'Checked.' }]);
  });

  it('cannot be decided by who asked', async () => {
    be('u-maker', 'officer');
    show(<ApprovalsPage />);
    expect(await screen.findByText(/You asked for this yourself/)).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Approve' })).toBeNull();
  });

  it('cannot be decided by a role that is no checker', async () => {
    be('u-other', 'support');
    show(<ApprovalsPage />);
    expect(await screen.findByText('Decided by: officer')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Approve' })).toBeNull();
  });

  it('say that there are none', async () => {
    be('u-checker', 'officer');
    server.use(http.get(door, () => HttpResponse.json({ items: [], next: null })));
    show(<ApprovalsPage />);
    expect(await screen.findByText('Nothing here.')).toBeVisible();
  });
});
