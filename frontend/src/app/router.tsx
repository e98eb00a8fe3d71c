import { createRouter } from '@tanstack/react-router';
import { doorRoutes } from './routes/door-routes';
import { moneyRoutes } from './routes/money-routes';
import { personRoutes } from './routes/person-routes';
import { door, house, root } from './routes/roots';
import { staffHouse } from './routes/staff-root';
import { staffRoutes } from './routes/staff-routes';

const routeTree = root.addChildren([
  door.addChildren(doorRoutes),
  house.addChildren([...moneyRoutes, ...personRoutes]),
  staffHouse.addChildren(staffRoutes),
]);

export const router = createRouter({ routeTree, defaultPreload: 'intent', scrollRestoration: true });

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
