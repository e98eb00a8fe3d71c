import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { describe, expect, it } from 'vitest';
import { arrive } from '@/testing/arrive';
import { server } from '@/testing/server';

const mail = {
  id: 'd-1',
  template: 'welcome',
  recipient_id: 'u-1',
  state: 'failed',
  attempts: 5,
  last_error: 'no such mailbox',
  created_at: '2026-11-23T08:00:00Z',
};

describe('the mails', () => {
  it('say why one failed, and send it again; what went out is not', async () => {
    arrive('/staff/deliveries', ['support'], {
      answers: {
        '/deliveries': { items: [mail, { ...mail, id: 'd-2', state: 'sent', last_error: null }], next: null },
      },
    });
    const sent: string[] = [];
    server.use(
      http.post('http://localhost:8080/api/v1/deliveries/:id/resend', ({ params }) => {
        sent.push(String(params.id));
        return HttpResponse.json(mail);
      }),
    );
    expect(await screen.findByText('no such mailbox')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Send again' }));
    await waitFor(() => expect(sent).toEqual(['d-1']));
  });

  it('are not found by a teller', async () => {
    arrive('/staff/deliveries', ['teller']);
    expect(await screen.findByRole('heading', { name: 'Not found' })).toBeVisible();
  });
});
