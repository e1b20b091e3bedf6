import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Values } from '../../../experiment/settings/setting';
import { decodeTensor } from '../../../numerics/container/model-file';
import { apotClipGradient } from '../../../numerics/quantizers/apot';
import { dorefaCodes, dorefaGradient, dorefaValue } from '../../../numerics/quantizers/dorefa';
import { lsqFactors, lsqGradients } from '../../../numerics/quantizers/lsq';
import { qilGradients } from '../../../numerics/quantizers/qil';
import { ttqCodes, ttqGradients } from '../../../numerics/quantizers/ternary';
import { fillNormal } from '../../../numerics/random/rng';
import { type CodeRange, clipGradient, signedRange } from '../../../numerics/scales/clipped-codes';
import { scaleGrid } from '../../../numerics/scales/scale-grid';
import { eagerContext, notTraining } from '../../device/step-context';
import { parametrizationSetup } from '../../testing/parametrization-setup';
import { on, openTestBackends } from '../../testing/wasm-test-backend';
import { disposeParametrization, type Parametrization, readState } from '../parametrization';
import { quantizerFor } from './registry';

beforeAll(openTestBackends);

const shape = [7, 5] as const;
const latent = new Float32Array(35);
fillNormal(latent, 8, 1, 0);
// Beyond every range.
latent[4] = 6;
latent[5] = -6;
const dy = Float32Array.from(latent, (_, i) => Math.cos(i));
const context = eagerContext(1, 3, { elapsed: 0, progress: 0, lr: 0.01 });

function make(values: Values, weights = latent): Parametrization {
  return quantizerFor(String(values.method), 'weights')(parametrizationSetup(values, { shape, latent: weights }));
}

/** Gradients for the latent values and for each array that is learned or may be, by name. */
async function gradients(parametrization: Parametrization, backend: 'wasm' | 'cpu' = 'wasm'): Promise<Record<string, Float32Array>> {
  await tf.setBackend(backend);
  const names = parametrization.arrays.filter(({ rate }) => rate !== 0).map(({ name }) => name);
  const variables = parametrization.arrays.filter(({ rate }) => rate !== 0).map(({ variable }) => variable as tf.Tensor);
  const found = await on(backend, () => {
    const f = (...[x]: tf.Tensor[]) => parametrization.apply(x!, context);
    return tf.grads(f)([tf.tensor(latent.slice(), [...shape]), ...variables], tf.tensor(dy.slice(), [...shape]));
  });
  return Object.fromEntries(['latent', ...names].map((name, i) => [name, found[i]!]));
}

function expectNear(found: ArrayLike<number> | undefined, expected: ArrayLike<number>, digits = 5): void {
  expect(found?.length).toBe(expected.length);
  const largest = Array.from(expected).reduce((most, v) => Math.max(most, Math.abs(v)), 1);
  for (let i = 0; i < expected.length; i++) expect(found![i]! / largest).toBeCloseTo(expected[i]! / largest, digits);
}

const cases: readonly Values[] = [
  { method: 'lsq', bits: 2 },
  { method: 'lsq', bits: 3, granularity: 'channel' },
  { method: 'lsq', bits: 8, granularity: 'group', groupChannels: 2 },
  { method: 'lsq', bits: 4, granularity: 'block', groupSize: 16, stepFactor: false },
  { method: 'dorefa', bits: 1 },
  { method: 'dorefa', bits: 2, layerScale: 'unit' },
  { method: 'dorefa', bits: 3, layerScale: 'learned' },
  { method: 'dorefa', bits: 8 },
  { method: 'wrpn', bits: 2 },
  { method: 'wrpn', bits: 5, layerScale: 'unit' },
  { method: 'qil', bits: 2 },
  { method: 'qil', bits: 4, layerScale: 'unit', learnPower: false },
  { method: 'qil', bits: 8, layerScale: 'fitted' },
  { method: 'ttq' },
  { method: 'ttq', maxThreshold: 0.3, levelStart: 'one' },
  { method: 'apot', bits: 2 },
  { method: 'apot', bits: 4 },
  { method: 'apot', bits: 5 },
];

describe.each(cases)('%o', (values) => {
  test.each([1, 1e-3, 0])('what is measured is what the file holds: weights × %d', async (size) => {
    const weights = latent.map((w) => w * size);
    const parametrization = make(values, weights);
    const encoding = parametrization.materialize(weights, await readState(parametrization));
    const stored = decodeTensor({ name: 'w', role: 'weight', shape, encoding });
    for (const backend of ['wasm', 'cpu'] as const) {
      const [seen] = await on(backend, () => [parametrization.apply(tf.tensor(weights.slice(), [...shape]), notTraining)]);
      // A basis is summed bit by bit in the file, and a mean is taken in another order: the last digit may differ.
      if (values.method === 'dorefa') expectNear(seen, stored, 6);
      else expect(seen?.map((v) => v + 0)).toEqual(stored.map((v) => v + 0));
    }
    disposeParametrization(parametrization);
  });

  test('a parametrization that continues has the state of the one before', async () => {
    const before = make(values);
    const state = Object.fromEntries(Object.entries(await readState(before)).map(([name, array]) => [name, array.map((v) => v * 0.7)]));
    const after = quantizerFor(String(values.method), 'weights')(parametrizationSetup(values, { shape, latent, state }));
    expect(await readState(after)).toEqual(state);
    disposeParametrization(before);
    disposeParametrization(after);
  });
});

describe('gradients are those of the twins', () => {
  test.each([
    ['channel', false],
    ['channel', true],
    ['tensor', true],
  ] as const)('LSQ, per %s, balanced %s', async (granularity, stepFactor) => {
    const parametrization = make({ method: 'lsq', bits: 3, granularity, stepFactor });
    const grid = scaleGrid(shape, granularity);
    const range: CodeRange = signedRange(3);
    const { scale } = await readState(parametrization);
    const expected = lsqGradients(latent, scale!, grid, range, dy);
    const factors = stepFactor ? lsqFactors(latent.length, grid, range.highest) : new Float32Array(grid.scales).fill(1);
    for (const backend of ['wasm', 'cpu'] as const) {
      const found = await gradients(parametrization, backend);
      expectNear(found.latent, expected.values);
      expectNear(
        found.scale,
        expected.scales.map((g, i) => g * factors[i]!),
      );
    }
    disposeParametrization(parametrization);
  });

  test.each([1, 2, 4])('DoReFa, %d bits', async (bits) => {
    const parametrization = make({ method: 'dorefa', bits, layerScale: 'learned' });
    const alpha = (await readState(parametrization)).alpha?.[0] ?? 1;
    const found = await gradients(parametrization);
    expectNear(found.latent, dorefaGradient(latent, bits, dy, alpha));
    if (bits > 1) expectNear(found.alpha, [dorefaCodes(latent, bits).reduce((sum, code, i) => sum + dy[i]! * dorefaValue(code, bits), 0)]);
    disposeParametrization(parametrization);
  });

  test('WRPN', async () => {
    const parametrization = make({ method: 'wrpn', bits: 3 });
    const [range] = (await readState(parametrization)).range!;
    expectNear((await gradients(parametrization)).latent, clipGradient(latent, range!, -1, dy));
    expect(parametrization.arrays.map(({ rate }) => rate)).toEqual([0]);
    disposeParametrization(parametrization);
  });

  test.each([1, 1.4])('QIL, γ = %d', async (power) => {
    const state = {
      centre: Float32Array.of(0.8),
      distance: Float32Array.of(0.7),
      alpha: Float32Array.of(1.3),
      power: Float32Array.of(power),
    };
    const setup = parametrizationSetup({ method: 'qil', bits: 4 }, { shape, latent, state });
    const parametrization = quantizerFor('qil', 'weights')(setup);
    const interval = { centre: state.centre[0]!, distance: state.distance[0]!, power };
    const expected = qilGradients(latent, interval, 7, state.alpha[0]!, dy);
    const found = await gradients(parametrization);
    expectNear(found.latent, expected.values);
    expectNear(found.centre, [expected.centre]);
    expectNear(found.distance, [expected.distance]);
    expectNear(found.alpha, [expected.scale]);
    expectNear(found.power, [expected.power]);
    disposeParametrization(parametrization);
  });

  test('TTQ', async () => {
    const parametrization = make({ method: 'ttq' });
    const state = await readState(parametrization);
    const levels = { positive: state.positive![0]!, negative: state.negative![0]! };
    const expected = ttqGradients(ttqCodes(latent, 0.05), levels, dy);
    const found = await gradients(parametrization);
    expectNear(found.latent, expected.values);
    expectNear(found.positive, [expected.positive]);
    expectNear(found.negative, [expected.negative]);
    disposeParametrization(parametrization);
  });

  test.each([2, 3, 4, 5])('APoT, %d bits', async (bits) => {
    const parametrization = make({ method: 'apot', bits });
    const [clip] = (await readState(parametrization)).clip!;
    for (const backend of ['wasm', 'cpu'] as const) {
      const found = await gradients(parametrization, backend);
      expectNear(found.latent, dy);
      expectNear(found.clip, [apotClipGradient(latent, bits, clip!, dy)]);
    }
    disposeParametrization(parametrization);
  });
});

test('what is learned stays above its limit', async () => {
  for (const values of [
    { method: 'lsq', bits: 2 },
    { method: 'qil', bits: 2 },
    { method: 'apot', bits: 2 },
  ]) {
    const setup = parametrizationSetup(values, { shape, latent });
    const state = Object.fromEntries(quantizerFor(values.method, 'weights')(setup).arrays.map(({ name }) => [name, Float32Array.of(-1)]));
    const parametrization = quantizerFor(values.method, 'weights')({ ...setup, state });
    const weights = tf.variable(tf.tensor(latent.slice(), [...shape]));
    tf.tidy(() => parametrization.afterStep?.(weights, context));
    for (const [name, [value]] of Object.entries(await readState(parametrization)))
      expect(value).toBeGreaterThanOrEqual(name === 'centre' ? 0 : 1e-9);
    weights.dispose();
    disposeParametrization(parametrization);
  }
});
