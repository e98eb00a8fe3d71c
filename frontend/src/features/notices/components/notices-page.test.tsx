import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { describe, expect, it } from 'vitest';
import { arrive } from '@/testing/arrive';
import { server } from '@/testing/server';

const answers = {
  '/announcements': { items: [], next: null },
  '/branches': {
    items: [{ id: 'north', name: 'North branch', location: 'Kiel', state: 'open', version: 1 }],
    next: null,
  },
};

describe('the announcements', () => {
  it('reach one branch, once it is chosen', async () => {
    arrive('/staff/announcements', ['supervisor'], { answers });
    const sent: unknown[] = [];
    server.use(
      http.post('http://localhost:8080/api/v1/announcements', async ({ request }) => {
        sent.push(await request.json());
        return HttpResponse.json({ id: 'n-1' }, { status: 201 });
      }),
    );
    await userEvent.type(await screen.findByLabelText('Title'), 'Closed on Friday');
    await userEvent.type(screen.getByLabelText('Message'), 'The lift is mended.');
    await userEvent.selectOptions(screen.getByLabelText('For'), 'A branch');
    expect(screen.getByRole('button', { name: 'Announce' })).toBeDisabled();
    await screen.findByRole('option', { name: 'North branch' });
    await userEvent.selectOptions(screen.getByLabelText('Branch'), 'North branch');
    await userEvent.click(screen.getByRole('button', { name: 'Announce' }));
    await waitFor(() => expect(sent).toHaveLength(1));
    expect(sent[0]).toMatchObject({ audience: 'branch', branch_id: 'north', title: 'Closed on Friday' });
  });
});
