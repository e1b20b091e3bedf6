import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { lsqGradients } from '../../numerics/quantizers/lsq';
import { pactGradients } from '../../numerics/quantizers/pact';
import { fillNormal } from '../../numerics/random/rng';
import { clipGradient, clippedValues } from '../../numerics/scales/clipped-codes';
import { scaleGrid } from '../../numerics/scales/scale-grid';
import { on, openTestBackends } from '../testing/wasm-test-backend';
import { clippedStep } from './clipped-step';
import type { ClippedStepAttributes } from './shared/attributes';
import { KernelName } from './shared/dispatch';

beforeAll(openTestBackends);

const shape = [3, 8, 5] as const;
const x = new Float32Array(120);
fillNormal(x, 3, 1, 0);
// Zeros, ties and values on and beyond the limits, for a scale of 0.5.
x.set([0, -0, 0.25, 0.75, -0.25, 1.5, -2, 9, -9, 2]);
const dy = x.map((_, i) => Math.cos(i));

const codes = [
  { lowest: -4, highest: 3 },
  { lowest: -3, highest: 3 },
  { lowest: 0, highest: 7 },
];
const cases = (['step', 'limit', 'fixed'] as const).flatMap((rule) =>
  codes.flatMap((range) => [1, 5].map((scales) => ({ ...range, rule, scales }))),
);

function twin({ rule, lowest, highest }: ClippedStepAttributes, scales: Float32Array) {
  const grid = scaleGrid(shape, scales.length === 1 ? 'tensor' : 'channel');
  const range = { lowest, highest };
  const steps = rule === 'step' ? scales : scales.map((limit) => limit / highest);
  const value = clippedValues(x, steps, grid, range);
  if (rule === 'step') return { value, ...lsqGradients(x, scales, grid, range, dy) };
  const byValue = new Float32Array(x.length);
  const byScale = new Float32Array(scales.length);
  for (const [column, limit] of scales.entries()) {
    const own = (array: Float32Array) => array.filter((_, i) => i % scales.length === column);
    const found = pactGradients(own(x), limit, range, own(dy));
    const values = rule === 'limit' ? found.values : clipGradient(own(x), limit, lowest < 0 ? -1 : 0, own(dy));
    for (const [k, gradient] of values.entries()) byValue[k * scales.length + column] = gradient;
    if (rule === 'limit') byScale[column] = found.clip;
  }
  return { value, values: byValue, scales: byScale };
}

function run(backend: 'wasm' | 'cpu', scales: Float32Array, attributes: ClippedStepAttributes): Promise<Float32Array[]> {
  return on(backend, () => {
    const f = (a: tf.Tensor, s: tf.Tensor) => clippedStep(a, s, attributes);
    const result = tf.valueAndGrads(f as never)(
      [tf.tensor(x.slice(), [...shape]), tf.tensor1d(scales.slice())],
      tf.tensor(dy.slice(), [...shape]),
    );
    return [tf.clone(result.value), ...result.grads];
  });
}

function expectNear(found: Float32Array | undefined, expected: Float32Array): void {
  expect(found?.length).toBe(expected.length);
  for (const [i, value] of expected.entries()) expect(found![i]).toBeCloseTo(value, 4);
}

describe.each(cases)('$rule, codes $lowest … $highest, $scales scales', ({ scales: count, ...attributes }) => {
  // Exact in float32 with their sevenths or thirds, so that a value on a limit is on it however it is divided.
  const size = attributes.rule === 'step' ? 0.5 : 0.5 * attributes.highest;
  const scales = Float32Array.from({ length: count }, (_, i) => size * (1 + i / 4));

  test.each(['wasm', 'cpu'] as const)('%s: the loops are the twin', async (backend) => {
    const expected = twin(attributes, scales);
    const [value, byValue, byScale] = await run(backend, scales, attributes);
    expect(value!.map((v) => v + 0)).toEqual(expected.value.map((v) => v + 0));
    expect(byValue).toEqual(expected.values);
    expectNear(byScale, expected.scales);
  });

  test('composed of operations, it agrees', async () => {
    const names = [KernelName.clippedStep, KernelName.clippedStepGradient];
    const configs = names.map((name) => tf.getKernel(name, 'cpu'));
    for (const name of names) tf.unregisterKernel(name, 'cpu');
    const found = await run('cpu', scales, attributes).finally(() => {
      for (const config of configs) tf.registerKernel(config);
    });
    const expected = twin(attributes, scales);
    for (const [i, array] of [expected.value, expected.values, expected.scales].entries()) expectNear(found[i], array);
  });
});

test('a weight that is not finite shows; other numbers of scales are refused', async () => {
  const attributes = { lowest: -3, highest: 3, rule: 'step' } as const;
  const [found] = await on('wasm', () => [clippedStep(tf.tensor1d([Number.NaN, Number.POSITIVE_INFINITY, 1]), tf.scalar(1), attributes)]);
  expect([...found!]).toEqual([Number.NaN, Number.NaN, 1]);
  expect(() => clippedStep(tf.ones([4, 5]), tf.ones([4]), attributes)).toThrow(RangeError);
});
