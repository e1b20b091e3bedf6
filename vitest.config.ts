import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { browserFlags, findBrowser } from './scripts/find-browser.mjs';

// A machine without a browser can still run the unit project.
const executablePath = findBrowser() ?? undefined;

const tfjs = ['core', 'core/dist/register_all_gradients', 'backend-cpu', 'backend-wasm', 'backend-webgl', 'backend-webgpu'].map(
  (part) => `@tensorflow/tfjs-${part}`,
);

// The WebAssembly backend expects these in Node.
const commonJs = `import { dirname as unitDirname } from 'node:path';
import { fileURLToPath as unitFileURLToPath } from 'node:url';
const __filename = unitFileURLToPath(import.meta.url);
const __dirname = unitDirname(__filename);`;

/** Files whose tests share what lives as long as the page or the worker: stores, databases, runs that play. Each has a world of its own. */
const withState = ['worker', 'state', 'cli', 'panels', 'app'].map((folder) => `src/${folder}/**/*.test.ts`).concat('scripts/**/*.test.ts');

const elsewhere = ['**/node_modules/**', '**/*.browser.test.ts'];

const node = {
  // Node would take tfjs's CommonJS bundles, whose core is not the one of the subpaths.
  resolve: { mainFields: ['module', 'main'] },
  ssr: { resolve: { mainFields: ['module', 'main'] } },
  test: {
    environment: 'node',
    setupFiles: ['scripts/property-draws.ts'],
    maxWorkers: '100%',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // tfjs's ES modules import each other without file extensions, which Node alone does not resolve. Bundled once, they are a
    // few files for each test file to import instead of a thousand.
    deps: { optimizer: { ssr: { enabled: true, include: tfjs, rolldownOptions: { output: { intro: commonJs } } } } },
  },
};

export default defineConfig({
  test: {
    projects: [
      {
        ...node,
        test: {
          ...node.test,
          name: 'unit',
          include: ['src/**/*.test.ts'],
          exclude: [...elsewhere, ...withState],
          // One world for the files that a worker runs: starting one for each took longer than the tests do.
          isolate: false,
        },
      },
      {
        ...node,
        test: { ...node.test, name: 'unit-apart', include: withState, exclude: elsewhere },
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
            // A busy machine takes its time to open the page.
            connectTimeout: 240_000,
            provider: playwright({ launchOptions: { executablePath, args: browserFlags() } }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
