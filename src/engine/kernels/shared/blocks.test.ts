import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { type Granularity, scaleGrid, scaleOf } from '../../../numerics/scales/scale-grid';
import { on, openTestBackends } from '../../testing/wasm-test-backend';
import { scaleShapeOf, toBlocks } from './blocks';

beforeAll(openTestBackends);

const shapes: readonly (readonly number[])[] = [[6, 4], [5, 3], [1, 1], [3, 2, 5, 4], [2, 3, 1, 6], [7]];
const granularities: readonly Granularity[] = ['tensor', 'channel', { channels: 2 }, { channels: 3 }, { inputs: 2 }, { inputs: 16 }];

async function check(shape: readonly number[], granularity: Granularity): Promise<void> {
  const grid = scaleGrid(shape, granularity);
  const count = shape.reduce((a, b) => a * b, 1);
  const values = Float32Array.from({ length: count }, (_, i) => i + 1);
  const numbers = Float32Array.from({ length: grid.scales }, (_, i) => i);
  const [maxima, spread, back] = await on('cpu', () => {
    const { blocks, axes, scaleShape, join } = toBlocks(tf.tensor(values.slice(), [...shape]), grid);
    expect(scaleShape).toEqual(scaleShapeOf(shape, grid));
    const scales = tf.reshape(tf.tensor1d(numbers.slice()), [...scaleShape]);
    return [tf.max(blocks, [...axes], true), join(tf.add(tf.mul(blocks, 0), scales)), join(blocks)];
  });
  const expected = new Float32Array(grid.scales);
  for (let i = 0; i < count; i++) expected[scaleOf(grid, i)] = Math.max(expected[scaleOf(grid, i)]!, values[i]!);
  expect(maxima).toEqual(expected);
  expect(spread).toEqual(Float32Array.from(values, (_, i) => scaleOf(grid, i)));
  expect(back).toEqual(values);
}

test('every value meets the scale that numerics gives it', async () => {
  for (const shape of shapes) {
    for (const granularity of granularities) await check(shape, granularity);
    for (const axis of shape.keys()) await check(shape, { axis });
  }
});

test('whatever the sizes of tensor and block', async () => {
  const granularity = fc.oneof(
    fc.record({ inputs: fc.integer({ min: 1, max: 9 }) }),
    fc.record({ channels: fc.integer({ min: 1, max: 9 }) }),
    fc.record({ axis: fc.integer({ min: 0, max: 3 }) }),
  );
  const shape = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 4, maxLength: 4 });
  await fc.assert(fc.asyncProperty(shape, granularity, check), { numRuns: 60 });
});
