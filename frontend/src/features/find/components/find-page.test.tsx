import { screen } from '@testing-library/react';
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
  branch_id: 'main',
};

describe('the search', () => {
  it('finds a customer while one types', async () => {
    arrive('/staff/search', ['teller']);
    const asked: unknown[] = [];
    server.use(
      http.post('http://localhost:8080/api/v1/customers/search', async ({ request }) => {
        asked.push(await request.json());
        return HttpResponse.json({ items: [ada], next: null });
      }),
    );
    await userEvent.type(await screen.findByRole('textbox'), 'Ada');
    const link = await screen.findByRole('link', { name: /Ada Lovelace/ });
    expect(link).toHaveAttribute('href', '/staff/customers/c-1');
    expect(asked).toEqual([{ name: 'Ada' }]);
  });

  it('says that nothing was found', async () => {
    arrive('/staff/search?q=Nobody', ['teller']);
    expect(await screen.findByText('Nothing was found that you may see.')).toBeVisible();
  });

  it('that fails says so', async () => {
    arrive('/staff/search?q=Ada', ['teller']);
    server.use(
      http.post('http://localhost:8080/api/v1/customers/search', () =>
        HttpResponse.json({ code: 'internal.fault' }, { status: 500 }),
      ),
    );
    expect(await screen.findByRole('alert')).toBeVisible();
  });
});
