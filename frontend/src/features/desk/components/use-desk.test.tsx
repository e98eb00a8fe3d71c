import { QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook, waitFor } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import type { ReactNode } from 'react';
import { describe, expect, it } from 'vitest';
import { queryClient } from '@/lib/query-client';
import { server } from '@/testing/server';
import { type DeskOrder, readAsked } from '../desk-order';
import { useDesk } from './use-desk';

const door = 'http://localhost:8080/api/v1/deposits';
const order: DeskOrder = {
  kind: 'deposit',
  key: 'key-1',
  accountId: 'a',
  accountNumber: 'DE89370400440532013000',
  holder: 'Ada Lovelace',
  amountMinor: 120,
  currency: 'EUR',
  description: '',
};

function desk() {
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
  );
  return renderHook(() => useDesk(), { wrapper });
}

describe('an order at the desk', () => {
  it('that is booked has a receipt and is forgotten', async () => {
    server.use(http.post(door, () => HttpResponse.json({ id: 't-1' }, { status: 201 })));
    const { result } = desk();
    act(() => result.current.book(order));
    await waitFor(() => expect(result.current.outcome).toEqual({ booked: { id: 't-1' } }));
    expect(readAsked()).toBeNull();
  });

  it('above the limit waits for a second person', async () => {
    const approval = { id: 'a-1', status: 'pending', expires_at: '2026-11-24T08:00:00Z' };
    server.use(http.post(door, () => HttpResponse.json({ approval }, { status: 202 })));
    const { result } = desk();
    act(() => result.current.book(order));
    await waitFor(() => expect(result.current.outcome).toEqual({ waiting: approval }));
  });

  it('without an answer stays, also after a reload, and is asked again under its key', async () => {
    const keys: (string | null)[] = [];
    server.use(
      http.post(door, ({ request }) => {
        keys.push(request.headers.get('Idempotency-Key'));
        return keys.length === 1 ? HttpResponse.error() : HttpResponse.json({ id: 't-1' }, { status: 201 });
      }),
    );
    const first = desk();
    act(() => first.result.current.book(order));
    await waitFor(() => expect(first.result.current.error).not.toBeNull());
    first.unmount();
    const { result } = desk();
    expect(result.current.order).toEqual(order);
    act(() => void result.current.again());
    await waitFor(() => expect(result.current.outcome).toBeDefined());
    expect(keys).toEqual(['key-1', 'key-1']);
  });

  it('that is refused may be changed', async () => {
    server.use(http.post(door, () => HttpResponse.json({ code: 'transactions.account-frozen' }, { status: 409 })));
    const { result } = desk();
    act(() => result.current.book(order));
    await waitFor(() => expect(result.current.error).not.toBeNull());
    expect(result.current.order).toBeNull();
    expect(readAsked()).toBeNull();
  });
});
