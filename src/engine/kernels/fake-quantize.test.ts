import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { roundings } from '../../numerics/rounding/rounding';
import { type Granularity, scaleGrid } from '../../numerics/scales/scale-grid';
import { dequantizeGroups, groupScales, quantizeGroups, symmetricScale, fakeQuantize as twin } from '../../numerics/scales/uniform';
import { normal, on, openTestBackends } from '../testing/wasm-test-backend';
import { fakeQuantize } from './fake-quantize';
import { KernelName } from './shared/dispatch';

beforeAll(openTestBackends);

const floats = fc.float32Array({ minLength: 1, maxLength: 40, noNaN: true, noDefaultInfinity: true, min: -1000, max: 1000 });

for (const backend of ['wasm', 'cpu'] as const) {
  test(`${backend}: by hand, 3 bits`, async () => {
    // Codes −3 … 3, scale 6 / 3 = 2: 1 and 3 are halfway, and go to the even codes 0 and 2.
    const [values] = await on(backend, () => [fakeQuantize(tf.tensor1d([6, 1, 3, -2.9, -6, 0]), { bits: 3 })]);
    expect([...values!]).toEqual([6, 0, 4, -2, -6, 0]);
  });

  test(`${backend}: equal to the twin bit for bit`, async () => {
    await fc.assert(
      fc.asyncProperty(floats, fc.integer({ min: 2, max: 16 }), async (values, bits) => {
        const [found] = await on(backend, () => [fakeQuantize(tf.tensor1d(values), { bits })]);
        expect(new Int32Array(found!.buffer)).toEqual(new Int32Array(twin(values, symmetricScale(values, bits), bits).buffer));
      }),
      { numRuns: 60 },
    );
  });

  test(`${backend}: the gradient passes unchanged and the shape stays`, async () => {
    const [gradient, dy] = await on(backend, () => {
      const given = normal([3, 4], 2);
      return [tf.grad((x: tf.Tensor) => fakeQuantize(x, { bits: 2 }))(normal([3, 4], 1), given), given];
    });
    expect(gradient).toEqual(dy);
    expect(tf.tidy(() => fakeQuantize(normal([2, 3, 4, 5], 1), { bits: 4 }).shape)).toEqual([2, 3, 4, 5]);
  });

  test(`${backend}: zeros stay zeros; a weight that is not finite shows`, async () => {
    const [zeros, broken] = await on(backend, () => [
      fakeQuantize(tf.zeros([3]), { bits: 4 }),
      fakeQuantize(tf.tensor1d([1, Number.NaN]), { bits: 4 }),
    ]);
    expect([...zeros!]).toEqual([0, 0, 0]);
    expect(broken!.some(Number.isNaN)).toBe(true);
  });
}

test('composed of operations, it agrees but for float32 rounding', async () => {
  const compute = () => [
    fakeQuantize(normal([50], 1), { bits: 4 }),
    fakeQuantize(tf.zeros([3]), { bits: 4 }),
    tf.grad((x: tf.Tensor) => fakeQuantize(x, { bits: 4 }))(normal([50], 1), normal([50], 2)),
  ];
  const kernel = await on('cpu', compute);
  const config = tf.getKernel(KernelName.fakeQuantize, 'cpu');
  tf.unregisterKernel(KernelName.fakeQuantize, 'cpu');
  const composed = await on('cpu', compute).finally(() => tf.registerKernel(config));
  for (const [k, expected] of kernel.entries()) for (const [i, value] of expected.entries()) expect(composed[k]![i]).toBeCloseTo(value, 6);
});

const granularities: readonly Granularity[] = ['channel', { channels: 2 }, { inputs: 4 }, { axis: 0 }, { axis: 1 }, { axis: 2 }];

for (const [granularity, rounding] of [
  ...granularities.map((g) => [g, 'nearest-even'] as const),
  ...roundings.map((r) => [{ channels: 3 }, r] as const),
])
  test(`${JSON.stringify(granularity)} by ${rounding}: the loops are the twin, composed operations agree`, async () => {
    const options = { bits: 3, granularity, rounding, random: { seed: 5, parameter: 2, step: 9 } };
    const compute = () => [fakeQuantize(normal([3, 3, 5], 1), options)];
    const [input] = await on('cpu', () => [normal([3, 3, 5], 1)]);
    const grid = scaleGrid([3, 3, 5], granularity);
    const scales = groupScales(input!, grid, 3);
    const expected = dequantizeGroups(
      quantizeGroups(input!, scales, grid, 3, rounding, { seed: 5, purpose: 5 + 32, step: 9 }),
      scales,
      grid,
    );
    const [onWasm] = await on('wasm', compute);
    expect(onWasm).toEqual(expected);
    const config = tf.getKernel(KernelName.fakeQuantize, 'cpu');
    tf.unregisterKernel(KernelName.fakeQuantize, 'cpu');
    const [composed] = await on('cpu', compute).finally(() => tf.registerKernel(config));
    for (const [i, value] of expected.entries()) expect(composed![i]).toBeCloseTo(value, 5);
  });

test('a stochastic rounding without a stream is refused', () => {
  expect(() => fakeQuantize(tf.ones([2]), { bits: 4, rounding: 'stochastic' })).toThrow(RangeError);
});

test('bits outside 2 … 16 are refused', () => {
  expect(() => fakeQuantize(tf.ones([2]), { bits: 1 })).toThrow(RangeError);
});
