import { createRoute, lazyRouteComponent, notFound, redirect } from '@tanstack/react-router';
import type { RightName } from '@/config/staff-rights';
import { learnStaffTexts } from '@/lib/i18n';
import { queryClient } from '@/lib/query-client';
import { sessionQuery } from '@/lib/session';
import { isStaff, may } from '@/lib/staff';
import { root } from './roots';

/** The console: to customers there is nothing at its addresses, and nothing of it is fetched. */
export const staffHouse = createRoute({
  getParentRoute: () => root,
  path: '/staff',
  component: lazyRouteComponent(() => import('../shell/staff-layout'), 'StaffLayout'),
  beforeLoad: async ({ location }) => {
    const session = await queryClient.ensureQueryData(sessionQuery);
    if (!session) throw redirect({ to: '/sign-in', search: { next: location.href, why: 'ended' } });
    if (!isStaff(session)) throw notFound();
    await learnStaffTexts();
  },
});

/** A place without the right to it is not found, like one that is not there. */
export function only(right: RightName) {
  return async () => {
    const session = await queryClient.ensureQueryData(sessionQuery);
    if (!may(session, right)) throw notFound();
  };
}
