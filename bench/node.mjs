/** `npm run bench:node`: the same comparison in Node, for machines with a GPU and without a browser. */
import '../scripts/check-node.mjs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compareOnWebgpu } from './compare.mjs';
import { startProcesses } from './node-processes.mjs';
import { readOptions } from './options.mjs';
import { chosenWorkloads } from './plan.mjs';
import { writeRecord } from './record.mjs';
import { writeReport } from './report.mjs';
import { textTable } from './table.mjs';

const USAGE = `npm run bench:node [-- options]

Measures the engine in Node beside TensorFlow.js and jax-js, through the optional package "webgpu" (Dawn).
On Linux with a GPU it needs the driver with its Vulkan part and the Vulkan loader (libvulkan1); VK_DRIVER_FILES names the
driver's file where the loader does not find it (for NVIDIA often .../vulkan/icd.d/nvidia_icd.json). Without a GPU, set
VK_ICD_FILENAMES to the vk_swiftshader_icd.json that comes with Chromium. macOS and Windows need nothing more.`;

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const options = readOptions(process.argv.slice(2), 'bench-node', USAGE);
if (options) await main(options);

async function main(options) {
  const say = (line) => console.error(line);
  const [rows, notes] = [[], []];
  let adapter = '';
  const processes = await startProcesses(root);
  try {
    for (const workload of chosenWorkloads(options)) {
      const result = await compareOnWebgpu(processes, workload, options, say);
      rows.push(...result.rows);
      notes.push(...result.notes);
      adapter ||= result.adapter;
      for (const worker of ['ours', 'tfjs', 'jax']) processes.end(worker);
    }
  } finally {
    processes.close();
  }
  writeRecord(root, options.out, {
    name: 'bench-node',
    command: options.command,
    backend: 'webgpu',
    adapter,
    browser: `none; Node ${process.versions.node}`,
    rows,
    notes,
  });
  if (options.whole) writeReport(root);
  console.log(textTable(rows));
  for (const { model, who, reason } of notes) console.log(`${model}: ${who}: ${reason}`);
  console.log(`\n${adapter}; written to ${options.out}`);
}
