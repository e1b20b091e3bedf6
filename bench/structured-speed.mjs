/**
 * How fast and how small a network is dense, with single weights pruned, with whole units masked, and with the same units removed: one
 * process, the wasm backend in Node. Writes docs/results/structured-speed.json and .md. Usage: node bench/structured-speed.mjs [rounds].
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const rounds = process.argv[2] ?? '31';
const folder = mkdtempSync(join(tmpdir(), 'structured-speed-'));
const bundle = join(folder, 'workload.mjs');
try {
  await build({
    entryPoints: [join(root, 'bench/structured-speed-workload.ts')],
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
  const output = execFileSync(process.execPath, [bundle, rounds], { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const rows = JSON.parse(output.trim().split('\n').at(-1));
  const file = join(root, 'docs/results/structured-speed');
  const about = {
    command: `node bench/structured-speed.mjs ${rounds}`,
    date: new Date().toISOString().slice(0, 10),
    backend: 'wasm, 1 thread',
    processor: cpus()[0]?.model ?? '',
  };
  writeFileSync(`${file}.json`, `${JSON.stringify({ ...about, rows }, null, 2)}\n`);
  writeFileSync(`${file}.md`, markdown(about, rows, textAfter(`${file}.md`)));
  console.log(table(rows));
} finally {
  rmSync(folder, { recursive: true });
}

/** What people wrote below the table stays. */
function textAfter(path) {
  try {
    const text = readFileSync(path, 'utf8');
    return text.slice(text.indexOf('## What it shows'));
  } catch {
    return '## What it shows\n';
  }
}

function markdown({ command, date, backend, processor }, rows, after) {
  return `# Speed and size: weights pruned, units removed

The same network four times: dense; with single weights pruned, as many as the smallest network lacks; with whole units masked; and with the same units removed. Time is that of the forward pass, median over ${rows[0].rounds} rounds of one pass of each network in turn, with ${[...new Set(rows.map((row) => row.imagesPerPass))].join(' or ')} images in a pass. The ratio to dense is the median of the ratios within a round, with quartiles. The file is the model file with each layer in the smallest encoding (stage *Encode*), float32 values.

Made by \`${command}\` on ${date}, backend ${backend}, in Node on ${processor}. Data: [structured-speed.json](structured-speed.json).

${table(rows)}

${after}`;
}

function table(rows) {
  const count = (n) => n.toLocaleString('en-US');
  const lines = rows.map((row) => [
    row.model,
    row.variant,
    count(row.weights),
    count(row.macs),
    `${row.msPerImage.toFixed(4)} ms`,
    `${row.timeRatio.toFixed(2)} (${row.timeRatioLow.toFixed(2)} to ${row.timeRatioHigh.toFixed(2)})`,
    `${count(row.fileBytes)} bytes`,
    row.fileRatio.toFixed(2),
  ]);
  const head = [
    'model',
    'network',
    'weights that are not 0',
    'MACs per image',
    'time per image',
    'time ÷ dense',
    'model file',
    'file ÷ dense',
  ];
  return [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
