import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { describe, expect, it } from 'vitest';
import { arrive } from '@/testing/arrive';
import { server } from '@/testing/server';

const main = { id: 'main', name: 'Main branch', location: 'Berlin', state: 'open', version: 3 };
const tess = {
  id: 's-1',
  name: 'Tess Teller',
  email: 'tess@demo.bank',
  phone: null,
  position: 'Teller',
  branch_id: 'main',
  supervisor_id: null,
  user_id: 'tess',
  hire_date: '2020-01-01',
  left_on: null,
  version: 2,
};
const answers = {
  '/branches': { items: [main], next: null },
  '/staff': { items: [tess], next: null },
};

describe('branches and staff', () => {
  it('let an admin change a position for a reason', async () => {
    arrive('/staff/branches', ['admin'], { answers });
    const sent: unknown[] = [];
    server.use(
      http.patch('http://localhost:8080/api/v1/staff/s-1', async ({ request }) => {
        sent.push(await request.json());
        return HttpResponse.json({ ...tess, position: 'Head teller', version: 3 });
      }),
    );
    await screen.findAllByRole('option', { name: 'Tess Teller' });
    await userEvent.selectOptions(screen.getByLabelText('Staff', { selector: 'select' }), 'Tess Teller');
    const position = screen.getByLabelText('Position');
    await userEvent.clear(position);
    await userEvent.type(position, 'Head teller');
    await userEvent.type(screen.getByLabelText('Reason'), 'Promoted.{Enter}');
    await waitFor(() => expect(sent).toHaveLength(1));
    expect(sent[0]).toMatchObject({ position: 'Head teller', note: 'Promoted.', version: 2, branch_id: 'main' });
  });

  it('let a supervisor close a branch, and employ nobody', async () => {
    arrive('/staff/branches', ['supervisor'], { answers });
    const sent: unknown[] = [];
    server.use(
      http.patch('http://localhost:8080/api/v1/branches/main', async ({ request }) => {
        sent.push(await request.json());
        return HttpResponse.json({ ...main, state: 'closed', version: 4 });
      }),
    );
    await screen.findByRole('option', { name: 'Main branch' });
    await userEvent.selectOptions(screen.getByLabelText('Which'), 'Main branch');
    await userEvent.selectOptions(screen.getByLabelText('State'), 'Closed');
    await userEvent.type(screen.getByLabelText('Reason'), 'Moved away.{Enter}');
    await waitFor(() => expect(sent).toHaveLength(1));
    expect(sent[0]).toMatchObject({ state: 'closed', note: 'Moved away.', version: 3 });
    expect(screen.queryByLabelText('Reports to')).toBeNull();
  });
});
