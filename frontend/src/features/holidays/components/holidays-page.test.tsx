import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { describe, expect, it } from 'vitest';
import { arrive } from '@/testing/arrive';
import { server } from '@/testing/server';

const door = 'http://localhost:8080/api/v1';
const moving = { day: '2027-11-19', name: 'Moving house', kind: 'own', reason: 'The vault is moved', kept_by: 'u-sam' };

function bankWith(items: object[], posted: unknown[] = []) {
  server.use(
    http.get(`${door}/business-date`, () => HttpResponse.json({ business_date: '2027-11-15', state: 'open' })),
    http.get(`${door}/holidays`, ({ request }) => {
      const year = Number(new URL(request.url).searchParams.get('year') ?? 2027);
      return HttpResponse.json({ items: year === 2027 ? items : [], next: null, calendar: 'TARGET', year });
    }),
    http.post(`${door}/holidays`, async ({ request }) => {
      posted.push([new URL(request.url).pathname, await request.json()]);
      return HttpResponse.json(moving, { status: 201 });
    }),
    http.post(`${door}/holidays/2027-11-19/withdraw`, async ({ request }) => {
      posted.push(await request.json());
      return HttpResponse.json(moving);
    }),
  );
}

describe('the holidays of the bank', () => {
  it('are closed with a reason and opened again with one', async () => {
    const posted: unknown[] = [];
    arrive('/staff/day/holidays', ['supervisor']);
    bankWith([moving, { day: '2027-12-25', name: 'Christmas Day', kind: 'calendar' }], posted);
    const calendars = await screen.findByRole('row', { name: /Christmas Day/ });
    expect(within(calendars).queryByRole('button')).toBeNull();
    await userEvent.type(screen.getByLabelText('Day'), '2027-11-22');
    await userEvent.type(screen.getByLabelText('Name'), 'Again');
    expect(screen.getByRole('button', { name: 'Close on this day' })).toBeDisabled();
    await userEvent.type(screen.getByLabelText('Reason'), 'Once more');
    await userEvent.click(screen.getByRole('button', { name: 'Close on this day' }));
    await userEvent.click(screen.getByRole('button', { name: 'Open after all' }));
    const dialog = await screen.findByRole('dialog');
    await userEvent.type(within(dialog).getByLabelText('Reason'), 'It stays');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Open after all' }));
    await screen.findByRole('row', { name: /Moving house/ });
    expect(posted).toEqual([
      ['/api/v1/holidays', { day: '2027-11-22', name: 'Again', reason: 'Once more' }],
      { reason: 'It stays' },
    ]);
  });

  it('are only read by who may not change them, year by year', async () => {
    arrive('/staff/day/holidays', ['teller']);
    bankWith([moving]);
    const row = await screen.findByRole('row', { name: /Moving house/ });
    expect(within(row).queryByRole('button')).toBeNull();
    expect(screen.queryByRole('button', { name: 'Close on this day' })).toBeNull();
    await userEvent.selectOptions(screen.getByLabelText('Year'), '2028');
    expect(await screen.findByText('The bank has no holidays in this year.')).toBeVisible();
  });
});
