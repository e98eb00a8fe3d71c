import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { describe, expect, it } from 'vitest';
import { arrive } from '@/testing/arrive';
import { server } from '@/testing/server';

const summary = {
  id: 'r-1',
  currency: 'EUR',
  file_name: 'november.csv',
  from_date: '2026-11-01',
  to_date: '2026-11-22',
  line_count: 1,
  closing_minor: 500,
  ledger_closing_minor: 500,
};
const line = {
  line: 1,
  amount_minor: 500,
  currency: 'EUR',
  direction: 'credit',
  booking_date: '2026-11-20',
  value_date: '2026-11-20',
  description: 'In',
  reference: 'X1',
  match: null,
};
const answers = {
  '/reconciliations': { items: [summary], next: null },
  '/reconciliations/r-1/lines': { items: [line], next: null },
};

describe('the reconciliation', () => {
  it('matches a line by hand, with a reason', async () => {
    arrive('/staff/reconciliation', ['officer'], { answers });
    const sent: unknown[] = [];
    server.use(
      http.post('http://localhost:8080/api/v1/reconciliations/r-1/lines/1/match', async ({ request }) => {
        sent.push(await request.json());
        return HttpResponse.json(line);
      }),
    );
    const person = userEvent.setup();
    await person.click(await screen.findByRole('button', { name: 'november.csv' }));
    await person.type(await screen.findByLabelText('Entry of line 1'), 't-9');
    expect(screen.getByRole('button', { name: 'Match' })).toBeDisabled();
    await person.type(screen.getByLabelText('Reason for line 1'), 'Same reference');
    await person.click(screen.getByRole('button', { name: 'Match' }));
    await waitFor(() => expect(sent).toEqual([{ transaction_id: 't-9', reason: 'Same reference' }]));
  });

  it('is only read by an auditor', async () => {
    arrive('/staff/reconciliation', ['auditor'], { answers });
    await userEvent.click(await screen.findByRole('button', { name: 'november.csv' }));
    expect(await screen.findByText('X1 · In')).toBeVisible();
    expect(screen.queryByLabelText('Entry of line 1')).toBeNull();
    expect(screen.queryByRole('button', { name: 'Compare' })).toBeNull();
  });

  it('is not found by a teller', async () => {
    arrive('/staff/reconciliation', ['teller']);
    expect(await screen.findByRole('heading', { name: 'Not found' })).toBeVisible();
  });
});
