import { useSyncExternalStore } from 'react';
import { queryClient } from '@/lib/query-client';

type LiveState = 'starting' | 'live' | 'polling';

const POLL_MS = 4_000;
const RETRY_MS = 15_000;
/** The browser itself comes back to a stream that ended, and is told what it missed: a short gap is no outage. */
const PATIENCE_MS = 3_000;
const CONNECTING = 0;

/** What a message on the stream may have changed. */
const TOUCHED = [
  ['balances'],
  ['transactions'],
  ['orders'],
  ['statements'],
  ['interest'],
  ['holds'],
  ['inbox'],
  ['tickets'],
  ['approvals'],
  ['accounts'],
  ['announcements'],
];

let state: LiveState = 'starting';
let listeners: (() => void)[] = [];

function become(next: LiveState): void {
  if (state === next) return;
  state = next;
  for (const tell of listeners) tell();
}

function refresh(): void {
  for (const queryKey of TOUCHED) void queryClient.invalidateQueries({ queryKey });
}

const SOON_MS = 100;
const GAP_MS = 1_000;
let due: ReturnType<typeof setTimeout> | undefined;
let refreshedAt = 0;

/** Many messages at once are one refresh: a thousand of them must not be a thousand requests. */
function refreshSoon(): void {
  if (due !== undefined) return;
  const pause = Math.max(SOON_MS, refreshedAt + GAP_MS - Date.now());
  due = setTimeout(() => {
    due = undefined;
    refreshedAt = Date.now();
    refresh();
  }, pause);
}

/** Follow the bank's stream while somebody is signed in; while it is down, ask every few seconds instead. */
export function followBank(): () => void {
  let source: EventSource | null = null;
  let poll: ReturnType<typeof setInterval> | undefined;
  let again: ReturnType<typeof setTimeout> | undefined;
  let patience: ReturnType<typeof setTimeout> | undefined;

  const startPolling = () => {
    become('polling');
    poll ??= setInterval(refresh, POLL_MS);
  };
  const connect = () => {
    source = new EventSource('/api/v1/notifications/stream');
    source.onopen = () => {
      clearTimeout(patience);
      patience = undefined;
      clearInterval(poll);
      poll = undefined;
      if (state === 'polling') refresh();
      become('live');
    };
    for (const kind of ['notification', 'announcement', 'announcement-gone', 'resync']) {
      source.addEventListener(kind, refreshSoon);
    }
    source.onerror = () => {
      if (source?.readyState === CONNECTING) {
        patience ??= setTimeout(startPolling, PATIENCE_MS);
        return;
      }
      // An answer that is no stream: the browser gives up, so asking again is ours.
      source?.close();
      startPolling();
      again = setTimeout(connect, RETRY_MS);
    };
  };
  connect();
  return () => {
    source?.close();
    clearInterval(poll);
    clearTimeout(again);
    clearTimeout(patience);
    become('starting');
  };
}

function subscribe(listener: () => void): () => void {
  listeners = [...listeners, listener];
  return () => {
    listeners = listeners.filter((one) => one !== listener);
  };
}

export function useLiveState(): LiveState {
  return useSyncExternalStore(subscribe, () => state);
}
