import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  Outlet,
  RouterProvider,
} from '@tanstack/react-router';
import { type RenderResult, render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { queryClient } from '@/lib/query-client';

/** Show a part of the app under everything it stands on; links lead nowhere. */
export function show(part: ReactNode, at = '/'): RenderResult {
  const root = createRootRoute({ component: Outlet });
  const all = createRoute({ getParentRoute: () => root, path: '$', component: () => part });
  const home = createRoute({ getParentRoute: () => root, path: '/', component: () => part });
  const router = createRouter({
    routeTree: root.addChildren([home, all]),
    history: createMemoryHistory({ initialEntries: [at] }),
  });
  return render(
    <QueryClientProvider client={queryClient}>
      <MantineProvider withCssVariables={false} withGlobalClasses={false} env="test">
        <RouterProvider router={router as never} />
      </MantineProvider>
    </QueryClientProvider>,
  );
}
