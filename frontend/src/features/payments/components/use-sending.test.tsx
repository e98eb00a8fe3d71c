import { QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook, waitFor } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import type { ReactNode } from 'react';
import { describe, expect, it } from 'vitest';
import { queryClient } from '@/lib/query-client';
import { server } from '@/testing/server';
import { newOrder, useOrder } from '../order';
import { useSending } from './use-sending';

const booked = { id: 't-1', booked_at: '2026-11-23T10:00:00Z', amount_minor: 120, currency: 'EUR' };
const door = 'http://localhost:8080/api/v1/transfers';

function sending() {
  const order = newOrder({
    kind: 'transfer',
    fromAccountId: 'a',
    toAccountNumber: 'DE89370400440532013000',
    amountMinor: 120,
    currency: 'EUR',
    description: '',
  });
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
  );
  return renderHook(() => useSending(useOrder(order.id) ?? order), { wrapper });
}

describe('sending an order', () => {
  it('twice at once sends it once', async () => {
    const keys: (string | null)[] = [];
    server.use(
      http.post(door, ({ request }) => {
        keys.push(request.headers.get('Idempotency-Key'));
        return HttpResponse.json(booked, { status: 201 });
      }),
    );
    const { result } = sending();
    act(() => {
      result.current.send();
      result.current.send();
    });
    await waitFor(() => expect(result.current.busy).toBe(false));
    expect(keys).toHaveLength(1);
  });

  it('that the bank refuses gives the next try a new key', async () => {
    const keys: (string | null)[] = [];
    server.use(
      http.post(door, ({ request }) => {
        keys.push(request.headers.get('Idempotency-Key'));
        return HttpResponse.json({ code: 'transactions.account-frozen' }, { status: 409 });
      }),
    );
    const { result } = sending();
    for (const tries of [1, 2]) {
      act(() => result.current.send());
      await waitFor(() => expect(keys).toHaveLength(tries));
      await waitFor(() => expect(result.current.busy).toBe(false));
    }
    expect(new Set(keys).size).toBe(2);
  });

  it('that needs a confirmation is sent again with it under the same key', async () => {
    const seen: [string | null, string | null][] = [];
    server.use(
      http.post(door, ({ request }) => {
        seen.push([request.headers.get('Idempotency-Key'), request.headers.get('Step-Up')]);
        return seen.length === 1
          ? HttpResponse.json({ code: 'auth.step-up-required', action: 'transfer' }, { status: 403 })
          : HttpResponse.json(booked, { status: 201 });
      }),
    );
    const { result } = sending();
    act(() => result.current.send());
    await waitFor(() => expect(result.current.busy).toBe(false));
    act(() => result.current.send('approved'));
    await waitFor(() => expect(seen).toHaveLength(2));
    expect(seen[0]?.[0]).toBe(seen[1]?.[0]);
    expect(seen[1]?.[1]).toBe('approved');
  });

  it('that all owners sign waits and is not sent again', async () => {
    let asked = 0;
    server.use(
      http.post(door, () => {
        asked += 1;
        const cosignature = { id: 'c-1', status: 'waiting', expires_at: '2026-11-30T10:00:00Z' };
        return HttpResponse.json({ cosignature }, { status: 202 });
      }),
    );
    const { result } = sending();
    act(() => result.current.send());
    await waitFor(() => expect(asked).toBe(1));
    await waitFor(() => expect(result.current.busy).toBe(false));
    act(() => result.current.send());
    expect(asked).toBe(1);
  });
});
