import { createRootRoute, createRoute, Outlet, redirect } from '@tanstack/react-router';
import { queryClient } from '@/lib/query-client';
import { sessionQuery } from '@/lib/session';
import { isStaff } from '@/lib/staff';
import { HouseLayout } from '../shell/house-layout';
import { PublicLayout } from '../shell/public-layout';
import { Failed } from './failed';
import { NotFound } from './not-found';

export const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound, errorComponent: Failed });

/** In front of the bank's door: for everybody. */
export const door = createRoute({ getParentRoute: () => root, id: 'door', component: PublicLayout });

/** Behind it: for whoever is signed in. */
export const house = createRoute({
  getParentRoute: () => root,
  id: 'house',
  component: HouseLayout,
  beforeLoad: async ({ location }) => {
    const session = await queryClient.ensureQueryData(sessionQuery);
    if (!session) throw redirect({ to: '/sign-in', search: { next: location.href, why: 'ended' } });
    // Whoever works here and is no customer has no accounts to see: their house is the console.
    if (session.customer_id === null && isStaff(session)) throw redirect({ to: '/staff', replace: true });
  },
});
