import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { describe, expect, it } from 'vitest';
import { arrive } from '@/testing/arrive';
import { server } from '@/testing/server';

const ticket = {
  id: 'k-1',
  number: 'T-1',
  subject: 'Where is my card?',
  description: 'I wait.',
  status: 'open',
  priority: 'high',
  type: 'general',
  customer_id: 'c-1',
  created_at: '2026-11-23T08:00:00Z',
  updated_at: '2026-11-23T08:00:00Z',
  messages: [
    { id: 'm', author: 'staff', author_user_id: 'x', created_at: '2026-11-23T08:10:00Z', internal: true, text: 'Hm.' },
  ],
  attachments: [],
  promises: [{ kind: 'resolution', state: 'running', due_at: null, breached_at: '2026-11-23T09:00:00Z', met_at: null }],
  resolution: null,
  version: 1,
};
const answers = {
  '/tickets/k-1': ticket,
  '/tickets/k-1/viewing': { others: [{ user_id: 'sam', seen_at: '2026-11-23T08:00:00Z' }] },
  '/canned-replies': { items: [{ id: 'r', title: 'Patience', text: 'It is on its way.' }], next: null },
};

describe('a ticket at the desk', () => {
  it('shows notes, a broken promise, and who else has it open', async () => {
    arrive('/staff/tickets/k-1', ['support'], { answers });
    expect(await screen.findByText('Hm.')).toHaveTextContent('internal');
    expect(screen.getByText('Solution overdue')).toBeVisible();
    expect(await screen.findByText('Also open at: sam')).toBeVisible();
  });

  it('is answered with a canned reply, as a note when colleagues alone should see it', async () => {
    arrive('/staff/tickets/k-1', ['support'], { answers });
    const sent: unknown[] = [];
    server.use(
      http.post('http://localhost:8080/api/v1/tickets/k-1/messages', async ({ request }) => {
        sent.push(await request.json());
        return HttpResponse.json({ id: 'n' }, { status: 201 });
      }),
    );
    await userEvent.selectOptions(await screen.findByLabelText('Canned reply'), 'Patience');
    await userEvent.click(screen.getByLabelText('Internal: the customer does not see it'));
    expect(screen.getByRole('button', { name: 'Resolve with this' })).toBeDisabled();
    await userEvent.click(screen.getByRole('button', { name: 'Keep the note' }));
    expect(sent).toEqual([{ text: 'It is on its way.', internal: true }]);
  });
});
