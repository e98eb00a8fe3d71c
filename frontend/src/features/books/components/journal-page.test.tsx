import { screen } from '@testing-library/react';
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
  description: 'Cash',
  booked_at: '2026-11-23T08:00:00Z',
  business_date: '2026-11-23',
  postings: [],
};

describe('the explorer of transactions', () => {
  it('asks the bank for what the address says, and leads to each entry', async () => {
    arrive('/staff/transactions?account=a-1&type=deposit&from=2026-11-01', ['support']);
    const asked: string[] = [];
    server.use(
      http.get('http://localhost:8080/api/v1/transactions', ({ request }) => {
        asked.push(new URL(request.url).search);
        return HttpResponse.json({ items: [entry], next: null });
      }),
    );
    expect(await screen.findByRole('link', { name: 't-1' })).toHaveAttribute('href', '/staff/transactions/t-1');
    expect(asked).toEqual(['?account_id=a-1&type=deposit&from=2026-11-01&limit=50']);
  });
});
