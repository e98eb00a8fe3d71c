import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { describe, expect, it } from 'vitest';
import { arrive } from '@/testing/arrive';
import { server } from '@/testing/server';

const api = 'http://localhost:8080/api/v1';
const account = {
  id: 'a-1',
  account_number: 'DE89370400440532013000',
  branch_id: 'main',
  currency: 'EUR',
  last_transaction_at: null,
  nickname: 'Rent',
  opened_at: '2026-11-02T08:00:00Z',
  owners: ['c-1'],
  product: 'current',
  status: 'open',
  version: 3,
};
const none = { per_transaction_minor: null, per_day_minor: null, per_month_minor: null, per_day_count: null };
const answers = {
  '/accounts/a-1': account,
  '/accounts/a-1/limits': { account_id: 'a-1', currency: 'EUR', own: none, product: none, waiting: null },
  '/balances': { items: [] },
};

describe('an account at the console', () => {
  it('is closed only with a reason, which travels with the command', async () => {
    arrive('/staff/accounts/a-1', ['teller'], { answers });
    const sent: unknown[] = [];
    server.use(
      http.post(`${api}/accounts/a-1/close`, async ({ request }) => {
        sent.push(await request.json(), request.headers.has('Idempotency-Key'));
        return HttpResponse.json({ ...account, status: 'closed' });
      }),
    );
    const person = userEvent.setup();
    await person.click(await screen.findByRole('button', { name: 'Close the account' }));
    const field = await screen.findByLabelText('Reason');
    const give = screen.getAllByRole('button', { name: 'Close the account' }).at(-1);
    expect(give).toBeDisabled();
    await person.type(field, 'Moves abroad');
    await person.click(give as HTMLElement);
    await waitFor(() => expect(sent).toEqual([{ reason: 'Moves abroad' }, true]));
  });

  it('is edited with a note against the version that was read', async () => {
    arrive('/staff/accounts/a-1', ['officer'], { answers });
    const sent: unknown[] = [];
    server.use(
      http.patch(`${api}/accounts/a-1`, async ({ request }) => {
        sent.push(await request.json());
        return HttpResponse.json({ ...account, nickname: 'Home', version: 4 });
      }),
    );
    const person = userEvent.setup();
    const field = await screen.findByLabelText('Name of the account');
    expect(screen.getByRole('button', { name: 'Save' })).toBeDisabled();
    await person.clear(field);
    await person.type(field, 'Home');
    await person.type(screen.getByLabelText('Note'), 'As she asked');
    await person.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(sent).toEqual([{ nickname: 'Home', note: 'As she asked', version: 3 }]));
  });

  it('offers an auditor nothing to change', async () => {
    arrive('/staff/accounts/a-1', ['auditor'], { answers });
    expect(await screen.findByRole('heading', { name: 'Holds' })).toBeVisible();
    for (const name of ['Freeze', 'Close the account', 'Save']) {
      expect(screen.queryByRole('button', { name })).toBeNull();
    }
  });
});

describe('the list of accounts', () => {
  it('asks the bank for those of the chosen state and product, and shows the archive', async () => {
    const asked: string[] = [];
    arrive('/staff/accounts?status=frozen&product=savings', ['teller'], {});
    server.use(
      http.get('*/api/v1/accounts', ({ request }) => {
        asked.push(new URL(request.url).search);
        return HttpResponse.json({ items: [{ ...account, status: 'frozen' }], next: null });
      }),
    );
    expect(await screen.findByRole('link', { name: /DE89/ })).toHaveAttribute('href', '/staff/accounts/a-1');
    expect(asked.some((one) => one.includes('status=frozen') && one.includes('product=savings'))).toBe(true);
    expect(screen.getByRole('heading', { name: 'Archive of closed accounts' })).toBeVisible();
  });
});
