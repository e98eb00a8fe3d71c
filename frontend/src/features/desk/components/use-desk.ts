import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { isPassing, isSignedOut, ProblemError } from '@/lib/api/problem';
import { bookDeposit } from '../api/book-deposit';
import { bookDeskTransfer } from '../api/book-desk-transfer';
import { bookWithdrawal } from '../api/book-withdrawal';
import { type DeskOrder, keepAsked, type Outcome, readAsked } from '../desk-order';

async function send(order: DeskOrder, stepUp?: string): Promise<Outcome> {
  const kinds = { deposit: bookDeposit, withdrawal: bookWithdrawal, transfer: bookDeskTransfer };
  const body: object = await kinds[order.kind](order, stepUp);
  if ('approval' in body) return { waiting: body.approval as { id: string; expires_at: string } };
  return { booked: body as Extract<Outcome, { booked: unknown }>['booked'] };
}

/** Whether the bank may yet answer this very request: then it alone may be sent again, under the same key. */
function isUndecided(error: unknown): boolean {
  const code = error instanceof ProblemError ? error.code : '';
  const waits = ['auth.step-up-required', 'idempotency.in-progress'].includes(code);
  return waits || isPassing(error) || isSignedOut(error);
}

/** One order at a time, from the form to its receipt. */
export function useDesk() {
  const client = useQueryClient();
  const [order, setOrder] = useState<DeskOrder | null>(readAsked);
  const booking = useMutation({
    mutationFn: ({ wanted, stepUp }: { wanted: DeskOrder; stepUp?: string }) => {
      keepAsked(wanted);
      setOrder(wanted);
      return send(wanted, stepUp);
    },
    onSuccess: () => {
      keepAsked(null);
      for (const queryKey of [['balances'], ['transactions'], ['approvals']]) {
        void client.invalidateQueries({ queryKey });
      }
    },
    onError: (error) => {
      if (isUndecided(error)) return;
      keepAsked(null);
      setOrder(null);
    },
  });
  return {
    /** What went out and is not decided yet, or has just been. */
    order,
    outcome: booking.data,
    error: booking.error,
    busy: booking.isPending,
    book: (wanted: DeskOrder) => booking.mutate({ wanted }),
    again: (stepUp?: string) => order && booking.mutate({ wanted: order, ...(stepUp ? { stepUp } : {}) }),
    next: () => {
      keepAsked(null);
      setOrder(null);
      booking.reset();
    },
  };
}
