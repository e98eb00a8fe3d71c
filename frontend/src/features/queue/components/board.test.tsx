import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { describe, expect, it } from 'vitest';
import { arrive } from '@/testing/arrive';
import { server } from '@/testing/server';

const ticket = {
  id: 't-1',
  number: 'T-100001',
  subject: 'Where is my card?',
  status: 'open',
  priority: 'normal',
  version: 2,
  updated_at: '2026-11-23T08:00:00Z',
};
const counts = { all: 1, pending: 1, mine: 0, unassigned: 1, warned: 0, breached: 0, resolved: 0 };

function board(): unknown[] {
  arrive('/staff/tickets?as=board', ['support'], {
    answers: { '/tickets': { items: [ticket], next: null }, '/tickets/queues': counts },
  });
  const sent: unknown[] = [];
  server.use(
    http.patch('http://localhost:8080/api/v1/tickets/t-1', async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json({ ...ticket, status: 'in-progress', version: 3 });
    }),
  );
  return sent;
}

describe('the board of tickets', () => {
  it('moves a ticket by keyboard, against the version that was read', async () => {
    const sent = board();
    const move = await screen.findByRole('button', { name: 'Move T-100001 to In progress' });
    move.focus();
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(sent).toEqual([{ status: 'in-progress', version: 2 }]));
  });

  it('moves a ticket that is dropped in another column, and nothing in its own', async () => {
    const sent = board();
    const card = (await screen.findByRole('link', { name: /T-100001/ })).closest('li') as HTMLElement;
    const kept = new Map<string, string>();
    const dataTransfer = {
      setData: (type: string, text: string) => kept.set(type, text),
      getData: (type: string) => kept.get(type) ?? '',
    };
    fireEvent.dragStart(card, { dataTransfer });
    fireEvent.drop(screen.getByRole('region', { name: 'Open' }), { dataTransfer });
    fireEvent.drop(screen.getByRole('region', { name: 'In progress' }), { dataTransfer });
    await waitFor(() => expect(sent).toEqual([{ status: 'in-progress', version: 2 }]));
    expect(within(screen.getByRole('region', { name: 'Open' })).getByRole('link')).toBeVisible();
  });
});
