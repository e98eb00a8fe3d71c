import { defineConfig, mergeConfig } from 'vitest/config';
import vite from './vite.config.ts';

export default mergeConfig(
  vite,
  defineConfig({
    test: {
      environment: 'jsdom',
      setupFiles: ['src/testing/setup.ts'],
      include: ['src/**/*.test.{ts,tsx}'],
      css: false,
      pool: 'threads',
      maxWorkers: 2,
      environmentOptions: { jsdom: { url: 'http://localhost:8080/' } },
    },
  }),
);
