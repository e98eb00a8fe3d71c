import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { staffPlaces } from '@/config/staff-places';
import { staffRoles } from '@/config/staff-rights';
import { may } from '@/lib/staff';
import { arrive } from '@/testing/arrive';

describe('the console', () => {
  it.each(['/staff', '/staff/desk', '/staff/audit'])('is not found by a customer at %s', async (at) => {
    arrive(at, ['customer'], { customerId: 'c' });
    expect(await screen.findByRole('heading', { name: 'Not found' })).toBeVisible();
  });

  it.each(staffRoles)('shows the places of its policy rows to %s', async (role) => {
    arrive('/staff/products', [role]);
    const places = await screen.findByRole('navigation', { name: 'Main navigation' });
    const shown = within(places)
      .getAllByRole('link')
      .map((link) => link.getAttribute('href'));
    const allowed = staffPlaces.filter(({ right }) => !right || may({ roles: [role] }, right)).map(({ to }) => to);
    expect(shown).toEqual(allowed);
  });

  it('is not found where the role has no business', async () => {
    arrive('/staff/audit', ['teller']);
    expect(await screen.findByRole('heading', { name: 'Not found' })).toBeVisible();
  });

  it('is where staff are led who ask for a customer’s home', async () => {
    const here = arrive('/home', ['teller']);
    await waitFor(() => expect(here.state.location.pathname).toBe('/staff'));
  });
});
