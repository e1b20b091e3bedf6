import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { type LayerSpec, shapeAfter } from '../experiment/operators/layers';
import { size } from '../experiment/operators/operator';
import type { TrainStage } from '../experiment/types/experiment';
import { batchStatistics } from '../numerics/network/batch-norm';
import type { Floats } from '../numerics/network/layers';
import { fillUniform, Purpose } from '../numerics/random/rng';
import { fakeQuantize, symmetricScale } from '../numerics/scales/uniform';
import { numericalGradient } from '../numerics/testing/finite-differences';
import { Feeder } from './images/feeder';
import { Network } from './network/network';
import { steParametrization } from './parametrizations/quantizers/ste';
import { parametrizationSetup } from './testing/parametrization-setup';
import { referenceLoss } from './testing/reference-network';
import { tinyDataset } from './testing/tiny-dataset';
import { train } from './testing/tiny-run';
import { openTestBackends } from './testing/wasm-test-backend';
import { EagerSteps } from './training/create-steps';
import { labelObjective } from './training/label-objective';
import { streamNumber } from './training/steps';

beforeAll(openTestBackends);

const BATCH = 5;
const dataset = tinyDataset({ side: 6, channels: 2, classes: 3, train: 40, test: 1 });
const init = { normal: 0.4 };
const fc = (name: string, units: number): LayerSpec => ({ type: 'dense', name, units, init });
const conv = (name: string, filters: number, kernel: number, padding: 'same' | 'valid'): LayerSpec => ({
  type: 'conv',
  name,
  filters,
  kernel,
  padding,
  init,
});
const norm = (name: string): LayerSpec => ({ type: 'batchNorm', name, momentum: 0.9, epsilon: 0.001 });
const relu: LayerSpec = { type: 'activation', fn: 'relu' };
const pool: LayerSpec = { type: 'maxPool', size: 2 };
const flatten: LayerSpec = { type: 'flatten' };

const networks: Readonly<Record<string, readonly LayerSpec[]>> = {
  dense: [flatten, fc('fc1', 4), relu, fc('fc2', 3)],
  'dense with tanh and sigmoid': [
    flatten,
    fc('fc1', 3),
    { type: 'activation', fn: 'tanh' },
    fc('fc2', 3),
    { type: 'activation', fn: 'sigmoid' },
    fc('fc3', 3),
  ],
  'one dense layer': [flatten, fc('fc1', 3)],
  'convolutions, same and valid, with pooling': [
    conv('conv1', 2, 3, 'same'),
    relu,
    conv('conv2', 3, 3, 'valid'),
    relu,
    pool,
    flatten,
    fc('fc1', 3),
  ],
  'an even window': [conv('conv1', 2, 4, 'same'), relu, flatten, fc('fc1', 3)],
  'pooling that drops a row': [conv('conv1', 2, 2, 'valid'), pool, flatten, fc('fc1', 3)],
  'batch norm of maps and of units': [
    conv('conv1', 2, 3, 'valid'),
    norm('bn1'),
    relu,
    pool,
    flatten,
    fc('fc1', 4),
    norm('bn2'),
    relu,
    fc('fc2', 3),
  ],
  'batch norm first, ReLU on it twice': [norm('bn0'), relu, relu, flatten, fc('fc1', 3)],
  'a residual block that projects, one that does not, the mean of each channel': [
    { type: 'skip', name: 'skip1', filters: 3, init },
    conv('conv1', 3, 3, 'same'),
    norm('bn1'),
    { type: 'add', from: 'skip1' },
    relu,
    { type: 'skip', name: 'skip2' },
    conv('conv2', 3, 3, 'same'),
    relu,
    { type: 'add', from: 'skip2' },
    { type: 'globalPool' },
    fc('fc1', 3),
  ],
  dropout: [flatten, fc('fc1', 6), relu, { type: 'dropout', rate: 0.4 }, fc('fc2', 3)],
};

interface Step {
  readonly before: Readonly<Record<string, Float32Array>>;
  readonly after: Readonly<Record<string, Float32Array>>;
  readonly loss: number;
  readonly correct: number;
}

const feeder = new Feeder(dataset, 'standard', 7);
/** Not the first, so that dropout's stream is not that of step 0. */
const STEP = 3;

/** One step of SGD with learning rate 1: what it takes from the weights is the gradient. */
async function oneStep(backend: string, layers: readonly LayerSpec[], bits = 0, weightDecay = 0): Promise<Step> {
  await tf.setBackend(backend);
  const network = new Network(layers, dataset.shape, 7);
  // Initial biases of 0, gammas of 1 would hide what is done with them.
  const values = await network.read();
  for (const [name, array] of Object.entries(values)) {
    if (!name.endsWith('kernel')) for (const i of array.keys()) array[i] = (array[i] ?? 0) + 0.3 * Math.sin(i + 1);
  }
  network.write(values);
  if (bits > 0)
    for (const { parametrizations } of network.weights) parametrizations.push(steParametrization(parametrizationSetup({ bits })));
  const stage = train({ optimizer: 'sgd', lr: 1, batch: BATCH, weightDecay }) as TrainStage;
  const steps = new EagerSteps({ objective: labelObjective(network, stage.loss), feeder, stage, seed: 7, ordinal: 0, slots: {} });
  const before = await network.read();
  const { loss, accuracy } = await steps.run(STEP, 1);
  const after = await network.read();
  steps.dispose();
  network.dispose();
  await tf.setBackend('wasm');
  return { before, after, loss: loss[0] ?? Number.NaN, correct: (accuracy[0] ?? Number.NaN) * BATCH };
}

function batchOf(layers: readonly LayerSpec[]) {
  const images = new Float32Array(BATCH * feeder.pixels);
  const labels = new Int32Array(BATCH);
  feeder.fill(feeder.indices(STEP, BATCH, 0, 7), images, labels);
  const masks: Record<number, Floats> = {};
  let shape: readonly number[] = [dataset.shape.height, dataset.shape.width, dataset.shape.channels];
  for (const [i, layer] of layers.entries()) {
    shape = shapeAfter(layer, shape);
    if (layer.type !== 'dropout') continue;
    const draws = new Float32Array(BATCH * size(shape));
    fillUniform(draws, 7, Purpose.dropout + 16 * i, streamNumber(0, STEP));
    masks[i] = Float64Array.from(draws, (u) => (u < layer.rate ? 0 : 1 / (1 - layer.rate)));
  }
  return { images, labels, masks };
}

function expectClose(found: ArrayLike<number>, expected: Float64Array, what: string): void {
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  for (const [i, value] of expected.entries()) {
    const error = Math.abs((found[i] ?? Number.NaN) - value);
    if (!(error <= 2e-5 + 2e-4 * largest)) expect.fail(`${what}[${i}]: ${found[i]}, by finite differences ${value}`);
  }
}

/** Finite differences of the reference's loss for every trainable array. */
function expectGradients(layers: readonly LayerSpec[], step: Step, point: Readonly<Record<string, Floats>>): void {
  const batch = batchOf(layers);
  const told = referenceLoss(layers, dataset.shape, point, batch);
  expect(step.loss).toBeCloseTo(told.loss, 4);
  expect(step.correct).toBeCloseTo(told.correct, 5);
  for (const [name, values] of Object.entries(point)) {
    if (/\/(mean|variance)$/.test(name)) continue;
    const expected = numericalGradient(
      (moved) => referenceLoss(layers, dataset.shape, { ...point, [name]: moved }, batch).loss,
      Float64Array.from(values),
    );
    const gradient = step.before[name]?.map((w, i) => w - (step.after[name]?.[i] ?? Number.NaN)) ?? [];
    expect(gradient.length).toBe(values.length);
    expectClose(gradient, expected, name);
  }
}

for (const backend of ['wasm', 'cpu'])
  describe(`gradients of a training step on ${backend} against finite differences`, () => {
    for (const [name, layers] of Object.entries(networks))
      test(name, async () => {
        const step = await oneStep(backend, layers);
        expectGradients(layers, step, step.before);
      });

    test('straight through a quantizer: the gradient at the quantized point moves the latent weights', async () => {
      for (const name of ['dense', 'convolutions, same and valid, with pooling']) {
        const layers = networks[name] ?? [];
        const step = await oneStep(backend, layers, 3);
        const point = Object.fromEntries(
          Object.entries(step.before).map(([key, w]) => [key, key.endsWith('kernel') ? fakeQuantize(w, symmetricScale(w, 3), 3) : w]),
        );
        expectGradients(layers, step, point);
        const atLatent = referenceLoss(layers, dataset.shape, step.before, batchOf(layers));
        expect(Math.abs(atLatent.loss - step.loss)).toBeGreaterThan(1e-3);
      }
    });

    test('weight decay pulls at kernels only', async () => {
      const layers = networks['batch norm of maps and of units'] ?? [];
      const [plain, decayed] = [await oneStep(backend, layers), await oneStep(backend, layers, 0, 0.25)];
      for (const [name, values] of Object.entries(plain.after)) {
        const pull = Float64Array.from(values, (v, i) => v - (decayed.after[name]?.[i] ?? Number.NaN));
        const kernel = name.endsWith('kernel');
        expectClose(
          pull,
          Float64Array.from(plain.before[name] ?? [], (w) => (kernel ? 0.25 * w : 0)),
          name,
        );
      }
    });

    test('moving statistics of batch norm follow the batch', async () => {
      const layers = networks['batch norm of maps and of units'] ?? [];
      const step = await oneStep(backend, layers);
      let layersSeen = 0;
      referenceLoss(layers, dataset.shape, step.before, batchOf(layers), (layer, x) => {
        layersSeen++;
        const { mean, variance } = batchStatistics(x, step.before[`${layer}/gamma`]?.length ?? 0);
        for (const [role, batch] of [
          ['mean', mean],
          ['variance', variance],
        ] as const) {
          const old = step.before[`${layer}/${role}`] ?? [];
          expectClose(
            step.after[`${layer}/${role}`] ?? [],
            batch.map((value, c) => 0.9 * (old[c] ?? 0) + 0.1 * value),
            `${layer}/${role}`,
          );
        }
      });
      expect(layersSeen).toBe(2);
    });
  });
