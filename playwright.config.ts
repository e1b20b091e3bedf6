import { defineConfig } from '@playwright/test';
import { browserFlags, requireBrowser } from './scripts/find-browser.mjs';

// A port of this run's own, so that two runs on one machine do not meet; workers read it from the environment.
process.env.FEWBITS_E2E_PORT ??= String(20_000 + (process.pid % 20_000));
const port = process.env.FEWBITS_E2E_PORT;

/** What a person does, in a real browser, against the built app in dist/. */
export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  // Most runs here are on WebAssembly, which uses one processor.
  workers: 2,
  fullyParallel: false,
  retries: 0,
  forbidOnly: process.env.CI !== undefined,
  timeout: 180_000,
  expect: { timeout: 30_000 },
  reporter: [['line'], ['json', { outputFile: 'reports/e2e.json' }]],
  use: {
    baseURL: `http://localhost:${port}/`,
    viewport: { width: 1440, height: 900 },
    // The full browser in its new headless mode: the headless shell has no WebGPU.
    launchOptions: { executablePath: requireBrowser(), args: browserFlags() },
    screenshot: 'only-on-failure',
    trace: 'off',
  },
  webServer: {
    command: `npx vite preview --port ${port} --strictPort`,
    url: `http://localhost:${port}/`,
    reuseExistingServer: false,
    timeout: 60_000,
  },
});
