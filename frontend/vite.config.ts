import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const bank = process.env.STRONGROOM_URL ?? 'http://localhost:8080';

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { '@': new URL('./src', import.meta.url).pathname } },
  // The policy of the pages allows no data: addresses, so nothing is inlined.
  build: {
    target: 'es2023',
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    assetsInlineLimit: 0,
    manifest: true,
    modulePreload: { polyfill: false },
  },
  server: { proxy: { '/api': bank, '/dev': bank } },
});
