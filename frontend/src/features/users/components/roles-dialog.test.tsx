import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { describe, expect, it } from 'vitest';
import { arrive } from '@/testing/arrive';
import { server } from '@/testing/server';

const tess = { id: 'u-t', email: 'tess@demo.bank', roles: ['teller'], branch_id: 'main', status: 'active', version: 1 };

describe('a change of roles', () => {
  it('says that it waits for a second person, where the bank says so', async () => {
    arrive('/staff/users', ['admin'], { answers: { '/users': { items: [tess], next: null } } });
    server.use(
      http.patch('http://localhost:8080/api/v1/users/u-t', () =>
        HttpResponse.json({ approval: { id: 'ap-1', status: 'pending' } }, { status: 202 }),
      ),
    );
    const person = userEvent.setup();
    await person.click(await screen.findByRole('button', { name: 'Roles' }));
    await person.click(await screen.findByLabelText('officer'));
    expect(screen.getByRole('button', { name: 'Save' })).toBeDisabled();
    await person.type(screen.getByLabelText('Reason'), 'A new desk');
    await person.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText(/Nothing has been booked or changed yet/)).toBeVisible();
  });
});
