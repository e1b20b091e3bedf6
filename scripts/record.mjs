#!/usr/bin/env node
/**
 * Makes what the page bundles as recorded, with the command line of the lab. The name is that of a ready-made sweep, or of an experiment:
 *   npm run record -- <sweep> [--jobs 2] [--shard 1/3] [--backend wasm]
 *   npm run record -- <sweep> --from <folder of lab sweep> [--commit 1a2b3c4]
 *   npm run record -- <experiment> [<experiment> …]
 * Runs of a sweep that are there are not made again.
 */
import './check-node.mjs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { importSource } from './record/import-source.mjs';
import { recordRun } from './record/run.mjs';
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
  const { sweepPresetById } = await importSource(root, 'src/experiment/sweep/presets.ts');
  const isSweep = (name) => sweepPresetById(name) !== undefined;
  if (positionals.length === 0 || (positionals.length > 1 && positionals.some(isSweep)))
    throw new Error('Name one sweep, or one or more experiments to record; "npm run -s lab -- list" tells which there are.');
  if (positionals.some(isSweep)) return recordSweep(root, positionals[0], values);
  for (const preset of positionals) {
    const { file, bytes } = await recordRun(preset, { root });
    console.error(`${file}: ${(bytes / 1000).toFixed(1)} kB`);
  }
}

try {
  await main();
} catch (error) {
  console.error(error.stderr?.trim() || error.message);
  process.exitCode = 2;
}
