/** `npm run bench`: this engine beside TensorFlow.js and jax-js, in one browser process. */
import '../scripts/check-node.mjs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { measureApp } from './app.mjs';
import { startBrowser } from './browser.mjs';
import { compareOnWasm, compareOnWebgpu } from './compare.mjs';
import { readOptions } from './options.mjs';
import { measurePareto } from './pareto.mjs';
import { chosenAppMeasures, chosenWorkloads, measures, needsBrowser } from './plan.mjs';
import { writeRecord } from './record.mjs';
import { writeReport } from './report.mjs';
import { compareSweeps } from './sweeps.mjs';
import { textTable } from './table.mjs';

const USAGE = `npm run bench [-- options]

Measures the engine in a headless Chromium beside TensorFlow.js and jax-js, and the built app, and prints a table.
Without a GPU a software adapter does the work, and a whole run takes long. FEWBITS_GPU=1 lets the browser use the GPU.`;

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const options = readOptions(process.argv.slice(2), 'bench', USAGE);
if (options) await main(options);

async function main(options) {
  const say = (line) => console.error(line);
  const swept = await compareSweeps(root, options, say);
  const { adapter, version, rows, notes } = needsBrowser(options)
    ? await measureInBrowser(options, say)
    : { adapter: '', version: `no browser; Node ${process.versions.node}`, rows: [], notes: [] };
  rows.push(...swept);
  const record = { name: 'bench', command: options.command, backend: 'webgpu', adapter, browser: version, rows, notes };
  writeRecord(root, options.out, record, options.merge);
  if (options.recorded) writeReport(root);
  console.log(textTable(rows));
  for (const { model, who, reason } of notes) console.log(`${model}: ${who}: ${reason}`);
  console.log(`\n${[adapter, version].filter(Boolean).join(', ')}; written to ${options.out}`);
}

async function measureInBrowser(options, say) {
  const [rows, notes] = [[], []];
  let adapter = '';
  const browser = await startBrowser(root);
  try {
    // First, while the browser has nothing else to do.
    if (chosenAppMeasures(options).length > 0) {
      const app = await measureApp(root, browser, options, say);
      rows.push(...app.rows);
      notes.push(...app.notes);
    }
    if (options.wants(measures.pareto)) rows.push(...(await measurePareto(browser, options, say)));
    for (const workload of chosenWorkloads(options)) {
      const onWebgpu = await compareOnWebgpu(browser, workload, options, say);
      const onWasm = await compareOnWasm(browser, workload, options, say);
      rows.push(...onWebgpu.rows, ...onWasm.rows);
      notes.push(...onWebgpu.notes, ...onWasm.notes);
      adapter ||= onWebgpu.adapter;
      // A worker that has run a large model keeps its memory.
      for (const worker of ['ours', 'tfjs', 'jax', 'ours-wasm', 'jax-wasm']) await browser.end(worker);
    }
  } finally {
    await browser.close();
  }
  return { adapter, version: browser.version, rows, notes };
}
