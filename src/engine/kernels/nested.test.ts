import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { type NestedRounding, nestedScaleGradient, nestedValues, type VoteRule } from '../../numerics/quantizers/nested-scale';
import { fillNormal } from '../../numerics/random/rng';
import { scaleGrid } from '../../numerics/scales/scale-grid';
import { on, openTestBackends } from '../testing/wasm-test-backend';
import { nestedScale } from './nested';
import type { NestedGranularity } from './shared/attributes';
import { KernelName } from './shared/dispatch';

beforeAll(openTestBackends);

/** Weights, some of them 0; gradients of many sizes, some of them 0; scales that differ. */
function example(shape: readonly number[], granularity: NestedGranularity, rounding: NestedRounding = 'floor') {
  const count = shape.reduce((a, b) => a * b, 1);
  const [latent, gradient] = [new Float32Array(count), new Float32Array(count)];
  fillNormal(latent, 1, 1, 1);
  fillNormal(gradient, 1, 1, 2);
  for (let i = 0; i < count; i++) {
    if (i % 7 === 0) latent[i] = 0;
    gradient[i]! *= i % 3 === 0 ? 0 : 10 ** -(i % 11);
  }
  const grid = scaleGrid(shape, granularity);
  const scales = Float32Array.from({ length: grid.scales }, (_, i) => 0.013 * (1 + (i % 5)));
  return { latent, gradient, nested: { grid, scales, rounding } };
}

function computed(shape: readonly number[], granularity: NestedGranularity, rule: VoteRule | undefined, rounding: NestedRounding) {
  const { latent, gradient, nested } = example(shape, granularity, rounding);
  const options = { granularity, rounding, ...(rule ? { votes: rule } : {}) };
  return () => {
    const [x, s] = [tf.tensor(latent.slice(), [...shape]), tf.tensor1d(nested.scales.slice())];
    const [dx, ds] = tf.grads((x: tf.Tensor, s: tf.Tensor) => nestedScale(x, s, options))([x, s], tf.tensor(gradient.slice(), [...shape]));
    return [nestedScale(x, s, options), dx!, ds!];
  };
}

const cases: [readonly number[], NestedGranularity][] = [
  [[6, 5], 'tensor'],
  [[6, 5], { axis: 0 }],
  [[6, 5], { axis: 1 }],
  [[3, 2, 4, 5], { axis: 0 }],
  [[3, 2, 4, 5], { axis: 1 }],
  [[3, 2, 4, 5], { axis: 2 }],
  [[9], 'tensor'],
];

for (const [shape, granularity] of cases)
  for (const [rounding, allVote] of [
    ['floor', false],
    ['nearest-even', false],
    ['floor', true],
  ] as const)
    test(`[${shape}] by ${JSON.stringify(granularity)}, ${rounding}${allVote ? ', all vote' : ''}: loops are the twin, composed operations agree`, async () => {
      const { latent, gradient, nested } = example(shape, granularity, rounding);
      const rule = { lambda: 1e-6, fallback: true, allVote };
      const compute = computed(shape, granularity, rule, rounding);
      const expected = nestedScaleGradient(latent, gradient, nested, rule);
      expect(Math.min(...expected)).toBeLessThan(0);
      for (const backend of ['wasm', 'cpu'] as const) {
        const [values, dx, ds] = await on(backend, compute);
        expect(values).toEqual(nestedValues(latent, nested));
        expect(dx).toEqual(gradient);
        for (const [i, g] of expected.entries()) expect(Math.abs(ds![i]! / g - 1) || 0).toBeLessThan(1e-6);
      }
      const names = [KernelName.nestedScale, KernelName.nestedVotes];
      const configs = names.map((name) => tf.getKernel(name, 'cpu'));
      for (const name of names) tf.unregisterKernel(name, 'cpu');
      const [values, dx, ds] = await on('cpu', compute).finally(() => configs.forEach(tf.registerKernel));
      for (const [i, v] of nestedValues(latent, nested).entries()) expect(values![i]).toBeCloseTo(v, 5);
      expect(dx).toEqual(gradient);
      for (const [i, g] of expected.entries()) expect(Math.abs(ds![i]! / g - 1) || 0).toBeLessThan(1e-4);
    });

test('without votes the scales get no gradient', async () => {
  const [, , ds] = await on('wasm', computed([6, 5], { axis: 0 }, undefined, 'floor'));
  expect(ds).toEqual(new Float32Array(6));
});

test('the fallback where every weight of a group is sensitive', async () => {
  for (const fallback of [true, false]) {
    const [ds] = await on('wasm', () => {
      const options = { granularity: { axis: 0 }, rounding: 'floor', votes: { lambda: 0.01, fallback } } as const;
      const gradient = tf.grads((x: tf.Tensor, s: tf.Tensor) => nestedScale(x, s, options));
      return [gradient([tf.tensor2d([0.35, -0.25], [1, 2]), tf.tensor1d([0.1])], tf.ones([1, 2]))[1]!];
    });
    expect(ds![0]).toBeCloseTo(fallback ? -Math.tanh(0.01) * 3 : 0, 7);
  }
});

test('a wrong number of scales is refused', () => {
  expect(() => nestedScale(tf.ones([2, 3]), tf.ones([3]), { granularity: { axis: 0 }, rounding: 'floor' })).toThrow(RangeError);
});
