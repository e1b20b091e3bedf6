import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Values } from '../../../experiment/settings/setting';
import { decodeTensor } from '../../../numerics/container/model-file';
import { dorefaCodes, dorefaGradient, dorefaValue } from '../../../numerics/quantizers/dorefa';
import { lsqFactors, lsqGradients } from '../../../numerics/quantizers/lsq';
import { qilGradients } from '../../../numerics/quantizers/qil';
import { ttqCodes, ttqGradients } from '../../../numerics/quantizers/ternary';
import { fillNormal } from '../../../numerics/random/rng';
import { type CodeRange, clipGradient, signedRange } from '../../../numerics/scales/clipped-codes';
import { scaleGrid } from '../../../numerics/scales/scale-grid';
import { eagerContext, notTraining } from '../../device/step-context';
import { viewSetup } from '../../testing/parametrization-setup';
import { on, openTestBackends } from '../../testing/wasm-test-backend';
import { disposeView, readState, type View } from '../parametrization';
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

function make(values: Values, weights = latent): View {
  return quantizerFor(String(values.method), 'weights')(viewSetup(values, { shape, latent: weights }));
}

/** Gradients for the latent values and for each array that is learned or may be, by name. */
async function gradients(view: View, backend: 'wasm' | 'cpu' = 'wasm'): Promise<Record<string, Float32Array>> {
  await tf.setBackend(backend);
  const names = view.arrays.filter(({ rate }) => rate !== 0).map(({ name }) => name);
  const variables = view.arrays.filter(({ rate }) => rate !== 0).map(({ variable }) => variable as tf.Tensor);
  const found = await on(backend, () => {
    const f = (...[x]: tf.Tensor[]) => view.apply(x!, context);
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
];

describe.each(cases)('%o', (values) => {
  test.each([1, 1e-3, 0])('what is measured is what the file holds: weights × %d', async (size) => {
    const weights = latent.map((w) => w * size);
    const view = make(values, weights);
    const encoding = view.materialize(weights, await readState(view));
    const stored = decodeTensor({ name: 'w', role: 'weight', shape, encoding });
    for (const backend of ['wasm', 'cpu'] as const) {
      const [seen] = await on(backend, () => [view.apply(tf.tensor(weights.slice(), [...shape]), notTraining)]);
      // A basis is summed bit by bit in the file, and a mean is taken in another order: the last digit may differ.
      if (values.method === 'dorefa') expectNear(seen, stored, 6);
      else expect(seen?.map((v) => v + 0)).toEqual(stored.map((v) => v + 0));
    }
    disposeView(view);
  });

  test('a view that goes on has the state of the one before', async () => {
    const before = make(values);
    const state = Object.fromEntries(Object.entries(await readState(before)).map(([name, array]) => [name, array.map((v) => v * 0.7)]));
    const after = quantizerFor(String(values.method), 'weights')(viewSetup(values, { shape, latent, state }));
    expect(await readState(after)).toEqual(state);
    disposeView(before);
    disposeView(after);
  });
});

describe('gradients are those of the twins', () => {
  test.each([
    ['channel', false],
    ['channel', true],
    ['tensor', true],
  ] as const)('LSQ, per %s, balanced %s', async (granularity, stepFactor) => {
    const view = make({ method: 'lsq', bits: 3, granularity, stepFactor });
    const grid = scaleGrid(shape, granularity);
    const range: CodeRange = signedRange(3);
    const { scale } = await readState(view);
    const expected = lsqGradients(latent, scale!, grid, range, dy);
    const factors = stepFactor ? lsqFactors(latent.length, grid, range.highest) : new Float32Array(grid.scales).fill(1);
    for (const backend of ['wasm', 'cpu'] as const) {
      const found = await gradients(view, backend);
      expectNear(found.latent, expected.values);
      expectNear(
        found.scale,
        expected.scales.map((g, i) => g * factors[i]!),
      );
    }
    disposeView(view);
  });

  test.each([1, 2, 4])('DoReFa, %d bits', async (bits) => {
    const view = make({ method: 'dorefa', bits, layerScale: 'learned' });
    const alpha = (await readState(view)).alpha?.[0] ?? 1;
    const found = await gradients(view);
    expectNear(found.latent, dorefaGradient(latent, bits, dy, alpha));
    if (bits > 1) expectNear(found.alpha, [dorefaCodes(latent, bits).reduce((sum, code, i) => sum + dy[i]! * dorefaValue(code, bits), 0)]);
    disposeView(view);
  });

  test('WRPN', async () => {
    const view = make({ method: 'wrpn', bits: 3 });
    const [range] = (await readState(view)).range!;
    expectNear((await gradients(view)).latent, clipGradient(latent, range!, -1, dy));
    expect(view.arrays.map(({ rate }) => rate)).toEqual([0]);
    disposeView(view);
  });

  test.each([1, 1.4])('QIL, γ = %d', async (power) => {
    const state = {
      centre: Float32Array.of(0.8),
      distance: Float32Array.of(0.7),
      alpha: Float32Array.of(1.3),
      power: Float32Array.of(power),
    };
    const setup = viewSetup({ method: 'qil', bits: 4 }, { shape, latent, state });
    const view = quantizerFor('qil', 'weights')(setup);
    const interval = { centre: state.centre[0]!, distance: state.distance[0]!, power };
    const expected = qilGradients(latent, interval, 7, state.alpha[0]!, dy);
    const found = await gradients(view);
    expectNear(found.latent, expected.values);
    expectNear(found.centre, [expected.centre]);
    expectNear(found.distance, [expected.distance]);
    expectNear(found.alpha, [expected.scale]);
    expectNear(found.power, [expected.power]);
    disposeView(view);
  });

  test('TTQ', async () => {
    const view = make({ method: 'ttq' });
    const state = await readState(view);
    const levels = { positive: state.positive![0]!, negative: state.negative![0]! };
    const expected = ttqGradients(ttqCodes(latent, 0.05), levels, dy);
    const found = await gradients(view);
    expectNear(found.latent, expected.values);
    expectNear(found.positive, [expected.positive]);
    expectNear(found.negative, [expected.negative]);
    disposeView(view);
  });
});

test('what is learned stays above its limit', async () => {
  for (const values of [
    { method: 'lsq', bits: 2 },
    { method: 'qil', bits: 2 },
  ]) {
    const setup = viewSetup(values, { shape, latent });
    const state = Object.fromEntries(quantizerFor(values.method, 'weights')(setup).arrays.map(({ name }) => [name, Float32Array.of(-1)]));
    const view = quantizerFor(values.method, 'weights')({ ...setup, state });
    const weights = tf.variable(tf.tensor(latent.slice(), [...shape]));
    tf.tidy(() => view.afterStep?.(weights, context));
    for (const [name, [value]] of Object.entries(await readState(view))) expect(value).toBeGreaterThanOrEqual(name === 'centre' ? 0 : 1e-9);
    weights.dispose();
    disposeView(view);
  }
});
