/** `npm start`: prepares the data, builds the app unless it is built, serves it and prints the address. */
import './check-node.mjs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isBuilt } from './freshness.mjs';
import { prepareData } from './prepare-data.mjs';

const FIRST_PORT = 4173;
const root = dirname(dirname(fileURLToPath(import.meta.url)));

try {
  await prepareData(undefined, { root });
  const { build, preview } = await import('vite');
  if (!isBuilt(root)) {
    console.log('Building the app …');
    await build({ root, logLevel: 'error' });
  }
  // Takes the next free port where the first is in use.
  const server = await preview({ root, logLevel: 'error', preview: { port: FIRST_PORT, strictPort: false } });
  const [url] = server.resolvedUrls?.local ?? [];
  console.log(`Fewbits is at ${url} (Ctrl-C stops it)`);
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(0));
} catch (error) {
  const missing = error.code === 'ERR_MODULE_NOT_FOUND';
  console.error(missing ? `A package is missing; run "npm ci" first. (${error.message})` : error.message);
  process.exitCode = 1;
}
