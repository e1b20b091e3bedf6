/** The contract of everything that stages install, on WebGPU, where steps and evaluation are captured: a pick of combinations.test.ts. */
import { beforeAll, test } from 'vitest';
import type { Stage } from '../experiment/types/experiment';
import { GpuImages } from './images/gpu-images';
import { checkCombination } from './testing/combination';
import { tinyDataset } from './testing/tiny-dataset';
import { model, stage, tinyCnn, tinyExperiment, train } from './testing/tiny-run';
import { openTestGpu } from './testing/webgpu-test-backend';

const dataset = tinyDataset({ train: 40, test: 20, side: 4 });
const small = model('mlp', { widths: [8] });

beforeAll(async () => {
  // They stay on the GPU for all runs: what is counted is what a run leaves beside them.
  const gpu = await openTestGpu();
  for (const images of [dataset.train, dataset.test]) GpuImages.of(gpu, images);
});

const prune = stage('prune', { amount: 60 });
const pruneAll = stage('prune', { amount: 30, scope: 'global' });
const lowRank = stage('factorize', { rank: 2 });
const quantize = (method: string, values = {}) => stage('quantize', { method, ...values });
const ste = quantize('ste', { bits: 4 });

const cases: Readonly<Record<string, readonly Stage[]>> = {
  'prune → STE': [prune, ste],
  'STE → prune → prune over all layers': [ste, prune, pruneAll],
  'low rank → LSQ': [lowRank, quantize('lsq', { bits: 4 })],
  'prune → low rank → STE by channel': [prune, lowRank, quantize('ste', { bits: 4, granularity: 'channel' })],
  'prune → one bit': [prune, quantize('ste', { bits: 1 })],
  'prune → codebook': [prune, quantize('codebook', { bits: 2 })],
  'low rank → prune → thesis': [lowRank, prune, quantize('thesis')],
  'prune → ProxQuant, one bit': [prune, quantize('prox-quant', { bits: 1, proxRate: 50 })],
  'prune → noise': [prune, quantize('noise', { bits: 3 })],
  'prune → weights, activations, gradients and biases': [
    prune,
    quantize('lsq', { biases: 'same', activations: 'uniform', actBits: 6, samples: 8, gradients: 'dorefa' }),
  ],
};

for (const [name, middle] of Object.entries(cases))
  test(name, async () => {
    const stages = [train({ steps: 2 }), ...middle, train({ steps: 4, lr: 0.02 })];
    await checkCombination(tinyExperiment(stages, { model: small }), dataset);
  });

test('batch norm, convolutions, dropout: prune → fold and quantize', async () => {
  const stages = [train({ steps: 2 }), prune, quantize('ste', { bits: 8, fold: true, biases: 'uniform' }), train({ steps: 4 })];
  await checkCombination(tinyExperiment(stages, { model: tinyCnn }), dataset);
});

test('rounds of train, prune and rewind to a step', async () => {
  const rounds = [train({ steps: 3 }), stage('prune', { amount: 30 }), stage('rewind', { to: 2 })];
  const stages = [stage('repeat', { rounds: 2, of: 3 }), ...rounds, train({ steps: 4 })];
  await checkCombination(tinyExperiment(stages, { model: small }), dataset);
});
