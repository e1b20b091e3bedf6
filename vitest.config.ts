import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { browserFlags, findBrowser } from './scripts/find-browser.mjs';

// A machine without a browser can still run the unit project.
const executablePath = findBrowser() ?? undefined;

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          include: ['src/**/*.test.ts', 'scripts/**/*.test.ts'],
          exclude: ['**/node_modules/**', '**/*.browser.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // tfjs's ES modules import each other without file extensions, which Node alone does not resolve.
          server: { deps: { inline: [/@tensorflow\//] } },
        },
      },
      {
        plugins: [react()],
        // Found up front, so that no dependency is discovered during the run and reloads the page.
        optimizeDeps: { entries: ['src/**/*.browser.test.ts', 'src/**/*.browser.test.tsx'] },
        test: {
          name: 'webgpu',
          include: ['src/**/*.browser.test.ts', 'src/**/*.browser.test.tsx'],
          // The first dispatch compiles shaders, which takes seconds on the software adapter.
          testTimeout: 180_000,
          hookTimeout: 180_000,
          fileParallelism: false,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: { executablePath, args: browserFlags() } }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
