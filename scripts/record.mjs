#!/usr/bin/env node
/** Makes recorded runs that the page plays: npm run record -- mnist-ptq-4bit */
import './check-node.mjs';
import { fileURLToPath } from 'node:url';
import { recordRun } from './record/run.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const presets = process.argv.slice(2);
if (presets.length === 0) {
  console.error('Which run is to be recorded? Name one or more presets: npm run record -- mnist-ptq-4bit');
  process.exit(2);
}
try {
  for (const preset of presets) {
    const { file, bytes } = await recordRun(preset, { root });
    console.log(`${file}: ${(bytes / 1000).toFixed(1)} kB`);
  }
} catch (error) {
  console.error(error.stderr?.trim() || error.message);
  process.exitCode = 1;
}
