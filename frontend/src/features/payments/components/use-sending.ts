import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { isPassing, isSignedOut, ProblemError } from '@/lib/api/problem';
import { bookCash } from '../api/book-cash';
import { bookTransfer } from '../api/book-transfer';
import { isSettled, keepOrder, type Order, readOrder } from '../order';

const ASK_AGAIN_MS = 4_000;
/** What leaves the order as it was: the bank did not decide about it. */
const UNDECIDED = ['auth.step-up-required', 'idempotency.in-progress'];

type Sending = { busy: boolean; error: unknown; send: (stepUp?: string) => void };

/**
 * Send an order so that it is booked once, whatever happens: the state `asked` is stored before the request leaves, and
 * while no answer is known the very same request is repeated under the same key.
 */
export function useSending(order: Order): Sending {
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const underway = useRef(false);

  const send = useCallback(
    async (stepUp?: string) => {
      const now = readOrder(order.id);
      if (underway.current || !now || isSettled(now)) return;
      underway.current = true;
      setBusy(true);
      keepOrder({ ...now, state: 'asked' });
      try {
        const options = stepUp ? { stepUp } : {};
        const booked = await (now.kind === 'transfer' ? bookTransfer(now, options) : bookCash(now, options));
        keepOrder(
          'cosignature' in booked
            ? { ...now, state: 'waiting', waitsUntil: booked.cosignature.expires_at }
            : { ...now, state: 'booked', booked },
        );
        setError(null);
        for (const queryKey of [['balances'], ['transactions'], ['inbox'], ['accounts', 'signatures']])
          void client.invalidateQueries({ queryKey });
      } catch (problem) {
        setError(problem);
        keepOrder(after(problem, now));
      } finally {
        underway.current = false;
        setBusy(false);
      }
    },
    [order.id, client],
  );

  const unknown = order.state === 'asked' && !busy;
  useEffect(() => {
    // A reload in between, or an answer that never came: ask again until it is known.
    if (!unknown) return;
    const soon = setTimeout(() => void send(), error === null ? 0 : ASK_AGAIN_MS);
    const connected = () => void send();
    window.addEventListener('online', connected);
    return () => {
      clearTimeout(soon);
      window.removeEventListener('online', connected);
    };
  }, [unknown, error, send]);

  return { busy, error, send: (stepUp) => void send(stepUp) };
}

function after(problem: unknown, order: Order): Order {
  const code = problem instanceof ProblemError ? problem.code : '';
  if (isPassing(problem) || code === 'idempotency.in-progress') return { ...order, state: 'asked' };
  if (UNDECIDED.includes(code) || isSignedOut(problem)) return { ...order, state: 'draft' };
  return { ...order, state: 'draft', key: crypto.randomUUID() };
}
