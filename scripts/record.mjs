#!/usr/bin/env node
/**
 * Makes what the page bundles as recorded, with the command line of the lab:
 *   npm run record -- <sweep preset> [--jobs 2] [--shard 1/3] [--backend wasm]
 *   npm run record -- <sweep preset> --from <folder of lab sweep> [--commit 1a2b3c4]
 * Runs that are there are not made again.
 */
import './check-node.mjs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { recordSweep } from './record/sweep.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

async function main() {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      jobs: { type: 'string' },
      shard: { type: 'string' },
      backend: { type: 'string' },
      from: { type: 'string' },
      commit: { type: 'string' },
      partial: { type: 'boolean' },
    },
  });
  const [name, more] = positionals;
  if (name === undefined || more !== undefined)
    throw new Error('Name one sweep to record; "npm run -s lab -- list" tells which there are.');
  await recordSweep(root, name, values);
}

try {
  await main();
} catch (error) {
  console.error(error.message);
  process.exitCode = 2;
}
