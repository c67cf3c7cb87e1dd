import path from 'node:path';
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  // The page has a <base>, which says where it lies; the service fills it in, and the nonce.
  base: './',
  html: { cspNonce: '%NONCE%' },
  // Its source, so that there is never an old build of it here.
  resolve: { alias: { '@game-wallet/client': path.resolve(import.meta.dirname, '../client/src/index.ts') } },
  logLevel: 'warn',
  build: {
    target: 'es2022',
    reportCompressedSize: false,
    // A test weighs it.
    chunkSizeWarningLimit: 1_000,
    rolldownOptions: {
      onwarn(warning, warn) {
        // "use client" is for servers that render.
        if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') {
          warn(warning);
        }
      },
    },
  },
});
