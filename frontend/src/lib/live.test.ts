import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { followBank } from './live';
import { queryClient } from './query-client';

class Stream extends EventTarget {
  static newest: Stream;
  onopen?: () => void;
  onerror?: () => void;
  readyState = 2;
  constructor() {
    super();
    Stream.newest = this;
  }
  close(): void {}
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('EventSource', Stream);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('a thousand messages at once are one refresh', () => {
  const asked = vi.spyOn(queryClient, 'invalidateQueries');
  const leave = followBank();
  for (let n = 0; n < 1_000; n += 1) Stream.newest.dispatchEvent(new Event('notification'));
  vi.advanceTimersByTime(200);
  expect(asked.mock.calls.length).toBeLessThan(20);
  expect(asked).toHaveBeenCalledWith({ queryKey: ['balances'] });
  leave();
});

it('a stream that breaks is replaced by asking every few seconds', () => {
  const asked = vi.spyOn(queryClient, 'invalidateQueries');
  const leave = followBank();
  Stream.newest.onerror?.();
  asked.mockClear();
  vi.advanceTimersByTime(4_100);
  expect(asked).toHaveBeenCalledWith({ queryKey: ['transactions'] });
  leave();
});

it('a stream that the browser comes back to by itself is awaited before asking', () => {
  const asked = vi.spyOn(queryClient, 'invalidateQueries');
  const leave = followBank();
  const stream = Stream.newest;
  stream.readyState = 0;
  stream.onerror?.();
  vi.advanceTimersByTime(2_000);
  stream.onopen?.();
  asked.mockClear();
  vi.advanceTimersByTime(20_000);
  expect(asked).not.toHaveBeenCalled();
  expect(Stream.newest).toBe(stream);
  stream.onerror?.();
  vi.advanceTimersByTime(8_000);
  expect(asked).toHaveBeenCalledWith({ queryKey: ['balances'] });
  stream.onopen?.();
  asked.mockClear();
  vi.advanceTimersByTime(8_000);
  expect(asked).not.toHaveBeenCalled();
  leave();
});
