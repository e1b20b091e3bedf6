import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Values } from '../../../experiment/settings/setting';
import { decodeTensor } from '../../../numerics/container/model-file';
import { stochasticSignCodes, xnorGradient } from '../../../numerics/quantizers/binary';
import { movedBasis } from '../../../numerics/quantizers/lq-nets';
import { fillNormal, Purpose } from '../../../numerics/random/rng';
import { type Granularity, scaleGrid } from '../../../numerics/scales/scale-grid';
import { eagerContext, notTraining } from '../../device/step-context';
import { parametrizationSetup } from '../../testing/parametrization-setup';
import { on, openTestBackends } from '../../testing/wasm-test-backend';
import { disposeParametrization, type Parametrization, type ParametrizationState, readState } from '../parametrization';
import { quantizerFor } from './registry';

beforeAll(openTestBackends);

const shape = [3, 3, 4, 10];
const count = 360;
const training = eagerContext(1, 7, { elapsed: 0, progress: 0, lr: 0.01 });

type Twin = (latent: Float32Array, dy: Float32Array) => Float32Array;

const none: Twin = (latent) => new Float32Array(latent.length);
const straight: Twin = (_latent, dy) => dy;
const xnor =
  (granularity: Granularity): Twin =>
  (latent, dy) =>
    xnorGradient(latent, dy, scaleGrid(shape, granularity));

/** With the gradient that each passes to the latent weights. */
const cases: readonly (readonly [Values, Twin])[] = [
  [{ method: 'binary-connect' }, straight],
  [{ method: 'binary-connect', limit: 'one' }, straight],
  [{ method: 'binary-connect', binarize: 'stochastic' }, straight],
  [{ method: 'binary-connect', binarize: 'stochastic', stored: 'signs' }, straight],
  [{ method: 'bwn' }, xnor('channel')],
  [{ method: 'bwn', granularity: 'group', groupChannels: 4 }, xnor({ channels: 4 })],
  [{ method: 'twn' }, straight],
  [{ method: 'twn', granularity: 'block', groupSize: 16, ternaryThreshold: 0.5 }, straight],
  [{ method: 'lq-nets', bits: 1 }, straight],
  [{ method: 'lq-nets', bits: 3 }, straight],
  [{ method: 'lq-nets', bits: 4, granularity: 'tensor' }, straight],
  [{ method: 'lq-nets', bits: 2, granularity: 'block', groupSize: 16 }, straight],
  [{ method: 'codebook', bits: 2 }, straight],
  [{ method: 'codebook', bits: 6, clusterStart: 'random' }, straight],
  [{ method: 'codebook', bits: 3, levelFit: 'quantiles', granularity: 'channel' }, straight],
  [{ method: 'codebook', bits: 3, zeroLevel: true, granularity: 'group', groupChannels: 3 }, straight],
  [{ method: 'share', bits: 2 }, none],
  [{ method: 'share', bits: 5, clusterStart: 'density' }, none],
  [{ method: 'power-of-two', bits: 3 }, straight],
  [{ method: 'power-of-two', bits: 5, base: 'fourth-root', nearest: 'exponent' }, straight],
];

function normalValues(stream: number, scale = 1): Float32Array {
  const values = new Float32Array(count);
  fillNormal(values, 1, 1, stream);
  return values.map((v) => v * scale);
}

function make(values: Values, latent: Float32Array, state: ParametrizationState = {}): Parametrization {
  const setup = parametrizationSetup(values, { shape, latent, state });
  return quantizerFor(String(values.method), 'weights')(setup);
}

function expectNear(found: Float32Array, expected: Float32Array, tolerance: number): void {
  const largest = expected.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
  expect(found.length).toBe(expected.length);
  for (const [i, v] of found.entries())
    if (!(Math.abs(v - expected[i]!) <= tolerance * largest)) expect.fail(`element ${i}: ${v}, expected ${expected[i]}`);
}

describe.each(cases)('%o', (values, gradient) => {
  test.each(['wasm', 'cpu'] as const)('on %s, what is measured is what the file holds', async (backend) => {
    for (const scale of [1, 1e-3, 0]) {
      await tf.setBackend(backend);
      const latent = normalValues(1, scale);
      const parametrization = make(values, latent);
      const encoding = parametrization.materialize(latent, await readState(parametrization));
      const [seen] = await on(backend, () => [parametrization.apply(tf.tensor(latent.slice(), shape), notTraining)]);
      expectNear(seen!, decodeTensor({ name: 'w', role: 'weight', shape, encoding }), 1e-5);
      disposeParametrization(parametrization);
    }
  });

  test('continues with its arrays', async () => {
    await tf.setBackend('wasm');
    const parametrization = make(values, normalValues(1));
    const state = await readState(parametrization);
    const again = make(values, normalValues(2), state);
    expect(await readState(again)).toEqual(state);
    expect(again.materialize(normalValues(3), state)).toEqual(parametrization.materialize(normalValues(3), state));
    disposeParametrization(parametrization);
    disposeParametrization(again);
  });

  test('its gradient is that of its paper', async () => {
    await tf.setBackend('wasm');
    const latent = normalValues(1);
    const parametrization = make(values, latent);
    const [found] = await on('wasm', () => [
      tf.grad((x: tf.Tensor) => parametrization.apply(x, training))(tf.tensor(latent.slice(), shape), tf.tensor(normalValues(2), shape)),
    ]);
    expectNear(found!, gradient(latent, normalValues(2)), 1e-5);
    disposeParametrization(parametrization);
  });
});

describe('BinaryConnect', () => {
  test('draws its signs again in every step, with the stream of its parameter', async () => {
    const latent = normalValues(1, 0.02);
    const parametrization = make({ method: 'binary-connect', binarize: 'stochastic', limit: 'one' }, latent);
    for (const step of [3, 4]) {
      const context = eagerContext(1, step, { elapsed: step, progress: 0, lr: 0.01 });
      const [seen] = await on('wasm', () => [parametrization.apply(tf.tensor(latent.slice(), shape), context)]);
      const codes = stochasticSignCodes(latent, 1, { seed: 1, purpose: Purpose.rounding, step });
      expect([...seen!]).toEqual([...codes].map((code) => 2 * code - 1));
    }
  });

  test('spreads weights over ±H, scales updates and keeps weights within ±H', async () => {
    const setup = parametrizationSetup({ method: 'binary-connect', limit: 'one' }, { shape: [12, 10], fanIn: 784, fanOut: 2048 });
    const parametrization = quantizerFor('binary-connect', 'weights')(setup);
    expect(parametrization.rate).toBeCloseTo(43.451, 2);
    const squares = parametrization.latent!.reduce((sum, w) => sum + w * w, 0);
    expect(Math.sqrt(squares / 120)).toBeCloseTo(1 / Math.sqrt(3), 1);
    expect(quantizerFor('binary-connect', 'weights')(parametrizationSetup({ method: 'binary-connect' })).rate).toBe(1);
    expect(
      quantizerFor('binary-connect', 'weights')(parametrizationSetup({ method: 'binary-connect', spread: false })).latent,
    ).toBeUndefined();
    await tf.setBackend('wasm');
    const weights = tf.variable(tf.tensor1d([-3, -1, 0.5, 2]));
    tf.tidy(() => parametrization.afterStep?.(weights, training));
    expect([...(await weights.data())]).toEqual([-1, -1, 0.5, 1]);
    weights.dispose();
  });
});

describe('LQ-Nets', () => {
  test.each([1, 2, 3, 4])('%i bits: a step moves the basis as its twin does', async (bits) => {
    for (const backend of ['wasm', 'cpu'] as const) {
      await tf.setBackend(backend);
      const latent = normalValues(1);
      const parametrization = make({ method: 'lq-nets', bits }, latent);
      const before = (await readState(parametrization)).basis!;
      const weights = tf.variable(tf.tensor(normalValues(4), shape));
      for (let step = 0; step < 2; step++) tf.tidy(() => parametrization.afterStep?.(weights, training));
      const grid = scaleGrid(shape, 'channel');
      const once = movedBasis(normalValues(4), before, bits, grid);
      expectNear((await readState(parametrization)).basis!, movedBasis(normalValues(4), once, bits, grid), 1e-4);
      weights.dispose();
      disposeParametrization(parametrization);
    }
  });

  test('a channel whose weights are equal, or zeros, keeps a finite basis', async () => {
    await tf.setBackend('wasm');
    const latent = Float32Array.from({ length: count }, (_, i) => (i % 10 === 0 ? 0 : 0.25));
    const parametrization = make({ method: 'lq-nets', bits: 3 }, latent);
    const weights = tf.variable(tf.tensor(latent.slice(), shape));
    for (let step = 0; step < 5; step++) tf.tidy(() => parametrization.afterStep?.(weights, training));
    const basis = (await readState(parametrization)).basis!;
    for (const v of basis) expect(Math.abs(v)).toBeLessThan(10);
    const stored = decodeTensor({ name: 'w', role: 'weight', shape, encoding: parametrization.materialize(latent, { basis }) });
    for (const [i, v] of stored.entries()) expect(v).toBeCloseTo(latent[i]!, 2);
    weights.dispose();
    disposeParametrization(parametrization);
  });
});

test('nothing is left behind by value, gradient and step', async () => {
  await tf.setBackend('wasm');
  for (const [values] of cases) {
    const parametrization = make(values, normalValues(1));
    const weights = tf.variable(tf.tensor(normalValues(1), shape));
    const step = () =>
      tf.tidy(() => {
        tf.variableGrads(() => tf.sum(parametrization.apply(weights, training)) as tf.Scalar, [weights]);
        parametrization.afterStep?.(weights, training);
      });
    step();
    const before = tf.memory().numTensors;
    for (let i = 0; i < 3; i++) step();
    expect(tf.memory().numTensors).toBe(before);
    weights.dispose();
    disposeParametrization(parametrization);
  }
});
