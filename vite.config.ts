import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { contentSecurity } from './scripts/content-security.ts';

export default defineConfig({
  // Relative, so that dist/ can be dropped into any folder of any static host.
  base: './',
  plugins: [react(), contentSecurity()],
  worker: { format: 'es' },
  build: {
    target: 'es2023',
    manifest: true,
    chunkSizeWarningLimit: 1500,
    // What the first paint needs is one file: cut along what the many later parts share, it compresses worse.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] } } },
  },
});
