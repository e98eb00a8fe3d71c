import '@testing-library/jest-dom/vitest';
import { cleanup } from '@testing-library/react';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { startLanguages } from '@/lib/i18n';
import { queryClient } from '@/lib/query-client';
import { server } from './server';

// What Mantine asks a browser for and jsdom does not have.
window.matchMedia ??= ((query: string) => ({
  matches: false,
  media: query,
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
  addListener: () => undefined,
  removeListener: () => undefined,
})) as unknown as typeof window.matchMedia;
window.ResizeObserver ??= class {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
};
Element.prototype.scrollIntoView ??= () => undefined;

beforeAll(async () => {
  server.listen({ onUnhandledFrame: 'error' });
  await startLanguages();
});
afterEach(() => {
  cleanup();
  server.resetHandlers();
  queryClient.clear();
  sessionStorage.clear();
  localStorage.clear();
});
afterAll(() => server.close());
