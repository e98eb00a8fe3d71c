import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { describe, expect, it } from 'vitest';
import { arrive } from '@/testing/arrive';
import { server } from '@/testing/server';

const ada = {
  id: 'c-1',
  first_name: 'Ada',
  last_name: 'Lovelace',
  email: 'ada@demo.bank',
  phone: '+49',
  date_of_birth: '1990-12-10',
  occupation: null,
  branch_id: 'main',
  status: 'active',
  kyc_level: 1,
  user_id: 'u-ada',
  masked: [],
};
const account = {
  id: 'a-1',
  account_number: 'DE89370400440532013000',
  product: 'current',
  status: 'open',
  currency: 'EUR',
  owners: ['c-1'],
};
const answers = {
  '/customers/c-1': ada,
  '/customers/c-1/kyc': { customer_id: 'c-1', kyc_level: 1, kyc_state: 'verifying', history: [] },
  '/accounts': { items: [account], next: null },
};

describe('a customer', () => {
  it('is decided upon by an officer, with a reason', async () => {
    arrive('/staff/customers/c-1', ['officer'], { answers });
    const decisions: unknown[] = [];
    server.use(
      http.post('http://localhost:8080/api/v1/customers/c-1/kyc', async ({ request }) => {
        decisions.push(await request.json());
        return HttpResponse.json(answers['/customers/c-1/kyc']);
      }),
    );
    await userEvent.type(await screen.findByLabelText(/^Reason/), 'Saw the passport.');
    await userEvent.click(screen.getByRole('button', { name: 'Record the decision' }));
    expect(decisions).toEqual([{ kyc_state: 'verified', kyc_level: 2, reason: 'Saw the passport.' }]);
  });

  it('has an account that a teller freezes with a reason', async () => {
    arrive('/staff/customers/c-1', ['teller'], { answers });
    const asked: unknown[] = [];
    server.use(
      http.post('http://localhost:8080/api/v1/accounts/a-1/freeze', async ({ request }) => {
        asked.push(await request.json());
        return HttpResponse.json({ ...account, status: 'frozen' });
      }),
    );
    await userEvent.click(await screen.findByRole('button', { name: 'Freeze' }));
    await userEvent.type(await screen.findByLabelText('Reason'), 'Lost the card.{Enter}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(asked).toEqual([{ reason: 'Lost the card.' }]);
  });

  it('is masked until there is a reason', async () => {
    const hidden = { ...ada, email: 'a•••@demo.bank', date_of_birth: '1990-••-••', masked: ['email', 'date_of_birth'] };
    arrive('/staff/customers/c-1', ['teller'], { answers: { ...answers, '/customers/c-1': hidden } });
    const asked: unknown[] = [];
    server.use(
      http.post('http://localhost:8080/api/v1/customers/c-1/unmask', async ({ request }) => {
        asked.push(await request.json());
        return HttpResponse.json({ ...ada, addresses: [] });
      }),
    );
    expect(await screen.findByText('1990-••-••')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Show all' }));
    await userEvent.type(await screen.findByLabelText('Reason'), 'Calls about a card.{Enter}');
    expect(await screen.findByText('ada@demo.bank')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Show all' })).toBeNull();
    expect(asked).toEqual([{ reason: 'Calls about a card.' }]);
  });

  it('is signed out everywhere, with a reason, and seen by colleagues', async () => {
    const session = {
      id: 's-1',
      agent: 'Firefox',
      device: 'd',
      address: '10.0.0.1',
      last_seen_at: '2026-11-23T08:00:00Z',
    };
    const more = {
      '/users/u-ada/sessions': { items: [session], next: null },
      '/customers/c-1/viewing': { others: [{ user_id: 'sid', seen_at: '2026-11-23T08:00:00Z' }] },
    };
    arrive('/staff/customers/c-1', ['support'], { answers: { ...answers, ...more } });
    const asked: unknown[] = [];
    server.use(
      http.post('http://localhost:8080/api/v1/users/u-ada/sessions/end', async ({ request }) => {
        asked.push(await request.json());
        return HttpResponse.json({ ended_sessions: ['s-1'] });
      }),
    );
    expect(await screen.findByText('Also open at: sid')).toBeVisible();
    await userEvent.click(await screen.findByRole('button', { name: 'Sign out everywhere' }));
    await userEvent.type(await screen.findByLabelText('Reason'), 'Lost the phone.{Enter}');
    await waitFor(() => expect(asked).toEqual([{ reason: 'Lost the phone.' }]));
  });

  it('is shown to the desk without what it may not do', async () => {
    arrive('/staff/customers/c-1', ['support'], { answers });
    expect(await screen.findByRole('heading', { name: 'Ada Lovelace' })).toBeVisible();
    expect(await screen.findByText('Nobody has noted anything.')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Record the decision' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Freeze' })).toBeNull();
    expect(screen.queryByRole('heading', { name: 'Who looked' })).toBeNull();
  });
});
