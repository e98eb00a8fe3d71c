import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { describe, expect, it } from 'vitest';
import { arrive } from '@/testing/arrive';
import { server } from '@/testing/server';

const entry = {
  id: 't-1',
  type: 'deposit',
  status: 'booked',
  amount_minor: 1250,
  currency: 'EUR',
  description: 'At the desk',
  booked_at: '2026-11-23T08:00:00Z',
  business_date: '2026-11-23',
  postings: [
    { account_id: 'cash', direction: 'debit', amount_minor: 1250, balance_after_minor: 1250 },
    { account_id: 'a-1', direction: 'credit', amount_minor: 1250, balance_after_minor: 1250 },
  ],
  reverses: null,
  reversed_by: null,
};
const at = '/staff/transactions/t-1';
const answers = { '/transactions/t-1': entry };

describe('a transaction', () => {
  it('is reversed with a reason', async () => {
    arrive(at, ['officer'], { answers });
    const asked: unknown[] = [];
    server.use(
      http.post('http://localhost:8080/api/v1/transactions/t-1/reverse', async ({ request }) => {
        asked.push(await request.json());
        return HttpResponse.json({ ...entry, id: 't-2', reverses: 't-1' }, { status: 201 });
      }),
    );
    expect(await screen.findByRole('button', { name: 'Reverse it' })).toBeDisabled();
    await userEvent.type(screen.getByLabelText('Reason'), 'Wrong account.');
    await userEvent.click(screen.getByRole('button', { name: 'Reverse it' }));
    expect(asked).toEqual([{ reason: 'Wrong account.' }]);
  });

  it('shows both sides, and no way to reverse it to a teller', async () => {
    arrive(at, ['teller'], { answers });
    expect(await screen.findByRole('cell', { name: 'cash' })).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Reverse it' })).toBeNull();
  });
});
