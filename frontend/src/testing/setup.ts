import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/react';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { learnStaffTexts, startLanguages } from '@/lib/i18n';
import { queryClient } from '@/lib/query-client';
import { server } from './server';

// A screen comes in parts that are fetched when they are first shown, and a machine may be slow.
configure({ asyncUtilTimeout: 4_000 });

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
if (!('fonts' in document)) {
  // A field that grows with its text measures again when a font has come.
  Object.defineProperty(document, 'fonts', { value: new EventTarget() });
}
Element.prototype.scrollIntoView ??= () => undefined;

beforeAll(async () => {
  server.listen({ onUnhandledFrame: 'error' });
  await startLanguages();
  await learnStaffTexts();
});
afterEach(() => {
  cleanup();
  server.resetHandlers();
  queryClient.clear();
  sessionStorage.clear();
  localStorage.clear();
});
afterAll(() => server.close());
