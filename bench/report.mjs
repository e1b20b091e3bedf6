/** Writes docs/results/bench.md from the recorded numbers: `node bench/report.mjs`. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { markdownTable } from './table.mjs';

const FOLDER = join('docs', 'results');

const introduction = `# How fast a training step is

This page is written by \`node bench/report.mjs\` from the recorded numbers beside it; do not edit it by hand.

A training step is: take a batch, forward pass, backward pass, Adam. On WebGPU this engine traces the step once and then replays
the list of kernel launches; the peers are programs that do the same work in the usual ways:

- **tfjs eager**: TensorFlow.js as it comes, \`optimizer.minimize\` with its own gradients, softmax cross-entropy and Adam, one
  JavaScript call for every operation.
- **jax-js jit**: jax-js with the whole step (forward, backward, Adam) in one \`jit\`.

All train the same network on the same batch size, in float32. This engine also takes a new batch each step from images that lie
on the device as bytes; the peers use one batch that was uploaded before.`;

const method = `## What the columns mean

- **JavaScript per step** is the time from the call until JavaScript has issued a batch of steps and given up control, divided by
  the steps. It is what the processor pays for each step, whatever the graphics adapter is.
- **total per step** is the time until a loss computed by the last step has been read back, divided by the steps.
- **kernel launches** are counted, by wrapping the one function through which every library launches.
- **empty kernels** are as many launches of a kernel that does nothing, replayed in the same way: no step with so many launches can
  be faster on this adapter.
- **QAT** is the same step with every kernel fake-quantized to 4 bits and a straight-through gradient.
- **play to first step** is from pressing play in the freshly opened app, compilation included, until the page shows a step.
- **longest main-thread task** is the processor time of the longest task of the page's main thread, from the browser's trace: while
  the app trains, from pressing play on; and while a view of the trained model opens for the first time.
- **500 runs in the Pareto chart**: the pointer moves over the marks and draws a brush around a part of them.
- **sweep** is the wall time of a sweep's runs in one Node process on WebAssembly: in the page, what the page's worker does, with
  every message copied as on its way to the page and every run kept; on the command line, what \`lab sweep\` does but for writing its
  files. The peer is the same runs, each by itself, with nothing kept. Where training is shared, the points differ behind it only.

Each contender has a worker of its own (in Node: a process), and only one works at a time. In each round all run once, in changing
order, all with the same number of steps; a first round is not counted. Where one step alone takes minutes there is one round. The
table has the median over the rounds, then the smallest and the largest in brackets. The ratio is the median of the ratios within each round, so it can differ a little from the quotient of the two medians.
Some goals are for one model only, and only the rows with a goal say whether it is reached.`;

const caveats = `## Read with care

- A **software adapter** (SwiftShader) computes on the processor. Its kernels take milliseconds where a graphics card takes
  microseconds, so there the total shows how much arithmetic the kernels do and says little about a real GPU, where the
  time in JavaScript and the number of launches decide.
- The machine's few processors are shared by the browser, its GPU process and the adapter's own threads. Differences of
  10 per cent between rounds are ordinary; trust ratios that are larger.
- A browser's clock ticks in steps of 0.1 ms, so short times are measured over many steps at once. The convolutional models are
  so slow on a software adapter that a round holds one step, and fixed costs of a round count fully in their JavaScript time.
- jax-js on wasm could use several threads where the page is isolated; here, as in this app, it has one.
- In Node, JavaScript's time includes the checks that a browser does in its GPU process.`;

/** Writes the page from whichever records are there. */
export function writeReport(root) {
  const sections = [
    { file: 'bench.json', title: 'In a browser' },
    { file: 'bench-node.json', title: 'In Node' },
  ].flatMap(({ file, title }) => {
    const path = join(root, FOLDER, file);
    return existsSync(path) ? [section(title, file, JSON.parse(readFileSync(path, 'utf8')))] : [];
  });
  writeFileSync(join(root, FOLDER, 'bench.md'), `${[introduction, ...sections, method, caveats].join('\n\n')}\n`);
}

function section(title, file, { command, commit, date, adapter, browser, processors, rows, notes }) {
  const goals = rows.filter(({ reached }) => reached !== null);
  const missed = goals.filter(({ reached }) => !reached);
  const verdict = `${goals.length - missed.length} of ${goals.length} goals reached.`;
  const failed = notes.map(({ model, who, reason }) => `- ${model}, ${who}: ${reason}`);
  return [
    `## ${title}`,
    `Adapter: ${adapter || 'not named'}. ${browser}. Processors: ${processors}. ${date}, commit ${commit || 'unknown'}. Made by \`${command}\`; numbers in [${file}](${file}). ${verdict}`,
    markdownTable(rows),
    ...madeLater(rows),
    ...(failed.length > 0 ? [failed.join('\n')] : []),
  ].join('\n\n');
}

/** How the rows were made that are not of the same measurement as the others. */
function madeLater(rows) {
  const measurements = new Map();
  for (const { measure, made } of rows) {
    if (!made) continue;
    const sentence = `${made.date}, commit ${made.commit || 'unknown'}, ${made.processors}, by \`${made.command}\``;
    measurements.set(sentence, new Set(measurements.get(sentence)).add(measure));
  }
  if (measurements.size === 0) return [];
  const lines = [...measurements].map(([sentence, names]) => `- ${[...names].join('; ')}: ${sentence}`);
  return [`Measured by themselves:\n\n${lines.join('\n')}`];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) writeReport(dirname(dirname(fileURLToPath(import.meta.url))));
