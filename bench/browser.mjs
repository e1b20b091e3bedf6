/** The contenders in one headless browser: builds the benchmark's page, serves it and passes calls to its workers. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { build, preview } from 'vite';
import { browserFlags, findOrInstallBrowser } from '../scripts/find-browser.mjs';
import { withTimeout } from './timeout.mjs';

/** Serves a built folder on a free port. @returns {url, close} */
export async function serveFolder(root, outDir) {
  const server = await preview({
    root,
    configFile: false,
    logLevel: 'error',
    build: { outDir },
    preview: { port: 4300, strictPort: false },
  });
  return { url: server.resolvedUrls.local[0], close: () => server.close() };
}

/** One browser process. @returns {url, version, call, end, newPage, startTracing, stopTracing, close} */
export async function startBrowser(root) {
  const outDir = mkdtempSync(join(tmpdir(), 'fewbits-bench-'));
  const pageRoot = join(root, 'bench', 'page');
  await build({
    root: pageRoot,
    configFile: false,
    base: './',
    publicDir: false,
    logLevel: 'error',
    worker: { format: 'es' },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2023',
      chunkSizeWarningLimit: 4000,
      rolldownOptions: { input: ['index', 'pareto'].map((name) => join(pageRoot, `${name}.html`)) },
    },
  });
  const server = await serveFolder(pageRoot, outDir);
  // A convolutional step of the software adapter takes longer than the watchdog allows.
  const args = [...browserFlags(), '--disable-gpu-watchdog'];
  const browser = await chromium.launch({ executablePath: findOrInstallBrowser(console.error), args });
  const page = await browser.newPage();
  page.on('pageerror', (error) => console.error(`page: ${error.message}`));
  await page.goto(server.url);
  return {
    url: server.url,
    version: `Chromium ${browser.version()}`,
    newPage: () => browser.newPage({ viewport: { width: 1440, height: 900 } }),
    startTracing: (page, categories) => browser.startTracing(page, { categories }),
    stopTracing: () => browser.stopTracing(),
    async call(worker, kind, method, args, timeoutMs) {
      const call = page.evaluate(([name, of, what, values]) => globalThis.bench.call(name, of, what, values), [worker, kind, method, args]);
      try {
        return await withTimeout(call, timeoutMs, `${worker} did not answer ${method} in ${timeoutMs / 60_000} minutes`);
      } catch (error) {
        // Playwright puts its own words before the message and a stack after it.
        throw new Error(error.message.replace(/^page\.evaluate: (Error: )?/, '').split('\n')[0]);
      }
    },
    end: (worker) => page.evaluate((name) => globalThis.bench.end(name), worker),
    async close() {
      await browser.close();
      await server.close();
      rmSync(outDir, { recursive: true, force: true });
    },
  };
}
