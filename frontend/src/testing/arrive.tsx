import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, createRouter, RouterProvider } from '@tanstack/react-router';
import { render } from '@testing-library/react';
import { HttpResponse, http, type JsonBodyType } from 'msw';
import { router } from '@/app/router';
import { queryClient } from '@/lib/query-client';
import { server } from './server';

const api = 'http://localhost:8080/api/v1';
const today = {
  business_date: '2026-11-23',
  bank_now: '2026-11-23T08:00:00Z',
  ends_at: '2026-11-23T23:00:00Z',
  next_business_date: '2026-11-24',
  state: 'open',
};
const nothing = { items: [], next: null, unreachable: [] };

/** Come to an address of the whole app as somebody of these roles; what a test does not answer is an empty list. */
export function arrive(
  at: string,
  roles: string[],
  { customerId = null, answers = {} }: { customerId?: string | null; answers?: Record<string, JsonBodyType> } = {},
) {
  // jsdom has no stream; a test says itself what the bank answers.
  window.EventSource = class {
    addEventListener(): void {}
    close(): void {}
  } as unknown as typeof EventSource;
  const me = { user_id: 'u', email: 'someone@demo.bank', roles, branch_id: 'main', customer_id: customerId };
  server.use(
    http.get(`${api}/auth/me`, () => HttpResponse.json({ ...me, session_id: 's', factors: [] })),
    ...Object.entries(answers).map(([path, body]) => http.all(api + path, () => HttpResponse.json(body))),
    http.get(`${api}/business-date`, () => HttpResponse.json(today)),
    http.all(`${api}/*`, () => HttpResponse.json(nothing)),
  );
  const here = createRouter({ routeTree: router.routeTree, history: createMemoryHistory({ initialEntries: [at] }) });
  render(
    <QueryClientProvider client={queryClient}>
      <MantineProvider withCssVariables={false} withGlobalClasses={false} env="test">
        <RouterProvider router={here as never} />
      </MantineProvider>
    </QueryClientProvider>,
  );
  return here;
}
