/**
 * Deep Compression layer by layer, beside the paper's tables. It runs nothing: it reads the recorded runs, which
 * `npm run record -- deep-compression-lenet300 deep-compression-lenet5` makes.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { importSource } from '../record/import-source.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const models = [
  ['LeNet-300-100', 'deep-compression-lenet300'],
  ['LeNet-5', 'deep-compression-lenet5'],
];

async function rowsOf(model, name, layerCosts) {
  const text = await readFile(join(root, 'public', 'recorded', 'runs', `${name}.json`), 'utf8');
  const { layers, stages, ledgers } = JSON.parse(text);
  const [first, last] = [stages[0], stages.at(-1)];
  const look = last.looks.at(-1);
  const ledger = ledgers[look.ledger];
  const seen = (look.model ?? layers).map(({ name: layer, kernelShape }, i) => ({
    layer,
    shape: kernelShape,
    pruned: look.layers[i].pruned,
  }));
  const costs = layerCosts(ledger, seen);
  const errors = { testError: error(last), denseTestError: error(first) };
  const sum = (key) => costs.reduce((total, cost) => total + cost[key], 0);
  const weighted = (key) => costs.reduce((total, cost) => total + cost[key] * cost.kept, 0) / sum('kept');
  const row = (layer, { kept, weightBits, indexBits, bits, denseBits }) => ({
    ...{ model, layer, kept: rounded(kept, 4), weightBits: rounded(weightBits, 2), indexBits: rounded(indexBits, 2) },
    ...{ fileBytes: bits / 8, denseBytes: denseBits / 8, rate: rounded(denseBits / bits, 2), ...errors },
  });
  const whole = { kept: sum('kept') / sum('weights'), weightBits: weighted('weightBits'), indexBits: weighted('indexBits') };
  return [
    ...costs.map((cost) => row(cost.layer, { ...cost, kept: cost.kept / cost.weights })),
    row('total', { ...whole, bits: ledger.totalBits, denseBits: ledger.denseBits }),
  ];
}

/** Percent. */
function error({ test }) {
  return rounded(100 * (1 - test.accuracy), 2);
}

function rounded(value, digits) {
  return Number(value.toFixed(digits));
}

async function rows() {
  const { layerCosts } = await importSource(root, 'src/experiment/results/layer-costs.ts');
  const made = [];
  for (const [model, name] of models) made.push(...(await rowsOf(model, name, layerCosts)));
  return made;
}

export const deepCompression = {
  name: 'deep-compression',
  title: 'Deep Compression on MNIST: layer by layer',
  about:
    'The ready-made experiments `deep-compression-lenet300` and `deep-compression-lenet5`: train, prune and retrain, share weights, train the shared values, ' +
    'encode with a relative index and Huffman codes (Han, Mao and Dally 2016, arXiv 1510.00149). `weightBits` and `indexBits` are bits per kept weight, ' +
    'as the file stores them; `fileBytes` of a layer are all sections of its weights, of `total` the whole file with biases and header; `denseBytes` are ' +
    'the same numbers in float32. Errors are in % of the 10,000 test images; `denseTestError` is that of the same run before anything is pruned. ' +
    'The runs are recorded by `npm run record -- deep-compression-lenet300 deep-compression-lenet5`.',
  rows,
};
