import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { describe, expect, it } from 'vitest';
import { show } from '@/testing/render';
import { server } from '@/testing/server';
import { UpcomingCard } from './upcoming-card';

const door = 'http://localhost:8080/api/v1';

describe('what is to come', () => {
  it('says that a part failed while another is still on its way, and is whole after another try', async () => {
    let broken = true;
    let letThrough = () => {};
    const slow = new Promise<void>((done) => {
      letThrough = done;
    });
    server.use(
      http.get(`${door}/standing-orders/upcoming`, () =>
        broken
          ? HttpResponse.json({ title: 'Out of order', status: 409, code: 'test.out-of-order' }, { status: 409 })
          : HttpResponse.json({ items: [], next: null }),
      ),
      http.get(`${door}/holds`, async () => {
        await slow;
        return HttpResponse.json({ items: [], next: null });
      }),
    );
    show(<UpcomingCard accountIds={['a-ada']} hidden={false} />);
    const again = await screen.findByRole('button', { name: 'Try again' });
    expect(screen.queryByRole('status', { name: 'Loading' })).toBeNull();
    broken = false;
    await userEvent.click(again);
    letThrough();
    await screen.findByText('Nothing is planned or set aside.');
    expect(screen.queryByRole('alert')).toBeNull();
  });
});
