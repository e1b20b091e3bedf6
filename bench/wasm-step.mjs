/**
 * Milliseconds per training step on the wasm backend in Node: tfjs as it is, and with this project's kernels, in alternating
 * processes; the median of the rounds. Usage: node bench/wasm-step.mjs [rounds]. LeNet-5 has no row for tfjs on wasm, which
 * lacks the gradient; its peer is tfjs on the cpu backend.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const rounds = Number(process.argv[2] ?? 3);
const folder = mkdtempSync(join(tmpdir(), 'wasm-step-'));
const bundle = join(folder, 'workload.mjs');
await build({
  entryPoints: [join(root, 'bench/wasm-step-workload.ts')],
  outfile: bundle,
  bundle: true,
  platform: 'node',
  format: 'esm',
  mainFields: ['module', 'main'],
  logLevel: 'error',
  banner: {
    js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url); const __dirname = import.meta.dirname ?? '.'; const __filename = import.meta.filename ?? '';",
  },
});

const env = { ...process.env, WASM_FOLDER: join(root, 'node_modules/@tensorflow/tfjs-backend-wasm/dist') };
const run = (...args) =>
  JSON.parse(
    execFileSync(process.execPath, [bundle, ...args], { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
      .trim()
      .split('\n')
      .at(-1),
  );
const rows = [
  { model: 'lenet-300-100', steps: '60', peer: ['tfjs', 'lenet-300-100', '30', 'wasm'] },
  { model: 'lenet-5', steps: '20', peer: ['tfjs', 'lenet-5', '1', 'cpu'] },
];
try {
  if (process.argv[2] === 'profile') {
    for (const { model } of rows)
      execFileSync(process.execPath, [bundle, 'ours', model, '10', 'wasm', 'profile'], { env, stdio: 'inherit' });
  } else {
    for (const { model, steps, peer } of rows) {
      const [ours, theirs] = [[], []];
      for (let round = 0; round < rounds; round++) {
        theirs.push(run(...peer).ms);
        ours.push(run('ours', model, steps, 'wasm').ms);
      }
      const [a, b] = [median(ours), median(theirs)];
      console.log(`${model}: ${a.toFixed(1)} ms a step; tfjs on ${peer[3]} ${b.toFixed(1)} ms; ${(b / a).toFixed(1)} times as fast`);
    }
  }
} finally {
  rmSync(folder, { recursive: true });
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
