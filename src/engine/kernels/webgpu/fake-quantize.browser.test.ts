import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { Purpose } from '../../../numerics/random/rng';
import { type Rounding, roundings } from '../../../numerics/rounding/rounding';
import { type Granularity, scaleGrid } from '../../../numerics/scales/scale-grid';
import { dequantizeGroups, groupScales, quantizeGroups } from '../../../numerics/scales/uniform';
import { hyperFields, STORED_STEP, StepTable } from '../../device/step-table';
import { expectClose, expectEqual, normalTensor, normalValues, onGpu, openTestGpu, testGpu } from '../../testing/webgpu-test-backend';
import { fakeQuantize } from '../fake-quantize';

beforeAll(openTestGpu);

const stream = { seed: 0x89abcdef, purpose: Purpose.rounding + 16 * 3, step: 41 };
const random = { seed: stream.seed, parameter: 3, step: stream.step };

function twin(
  values: Float32Array,
  shape: number[],
  granularity: Granularity,
  rounding: Rounding,
  bits: number,
  step = stream.step,
): Float32Array {
  const grid = scaleGrid(shape, granularity);
  const scales = groupScales(values, grid, bits);
  return dequantizeGroups(quantizeGroups(values, scales, grid, bits, rounding, { ...stream, step }), scales, grid);
}

const shapes = [[3, 3, 5, 34], [2100, 6], [7]];
const granularities: Granularity[] = ['tensor', 'channel', { channels: 4 }, { inputs: 8 }, { axis: 0 }];

describe('every granularity, ties to even', () => {
  for (const shape of shapes)
    for (const granularity of granularities)
      test(`[${shape}] by ${JSON.stringify(granularity)}`, async () => {
        const values = normalValues(
          shape.reduce((a, b) => a * b, 1),
          1,
        );
        const [found] = await onGpu(() => [fakeQuantize(tf.tensor(values, shape), { bits: 4, granularity })]);
        expectClose(found!, twin(values, shape, granularity, 'nearest-even', 4), 1e-7);
      });
});

describe('every rounding', () => {
  for (const rounding of roundings)
    for (const granularity of ['tensor', { channels: 2 }] satisfies Granularity[])
      test(`${rounding} by ${JSON.stringify(granularity)}`, async () => {
        // Multiples of 1/4 with a largest of 7 and of 3.5: scales 1 and 1/2, so that ties and whole numbers are there.
        const values = Float32Array.from({ length: 120 }, (_, i) => (((i * 7) % 57) - 28) / (i % 2 === 0 ? 4 : 8));
        const [found] = await onGpu(() => [fakeQuantize(tf.tensor2d(values, [30, 4]), { bits: 4, granularity, rounding, random })]);
        expectEqual(found!, twin(values, [30, 4], granularity, rounding, 4));
        const smooth = normalValues(120, 5);
        const [rough] = await onGpu(() => [fakeQuantize(tf.tensor2d(smooth, [30, 4]), { bits: 3, granularity, rounding, random })]);
        expectClose(rough!, twin(smooth, [30, 4], granularity, rounding, 3), 1e-7);
      });
});

test('inside a captured step the random numbers are those of its row; what is measured there has those of the file', async () => {
  const table = new StepTable(testGpu(), 2);
  table.write(new Float32Array(2 * hyperFields.length), Int32Array.of(stream.step, 3));
  StepTable.current = table;
  const values = normalValues(60, 5);
  const rounded = (step: number) =>
    fakeQuantize(tf.tensor2d(values, [15, 4]), { bits: 3, rounding: 'stochastic', random: { ...random, step } });
  const [own, measured] = await onGpu(() => [rounded(999), rounded(STORED_STEP)]).finally(() => {
    StepTable.current = undefined;
    table.dispose();
  });
  expectClose(own!, twin(values, [15, 4], 'tensor', 'stochastic', 3), 1e-7);
  expectClose(measured!, twin(values, [15, 4], 'tensor', 'stochastic', 3, STORED_STEP), 1e-7);
});

test('zeros stay zeros; a weight that is not finite shows in all that share its scale', async () => {
  const broken = Float32Array.of(1, Number.NaN, 3, 4, 5, Number.POSITIVE_INFINITY);
  const [zeros, whole, channels] = await onGpu(() => [
    fakeQuantize(tf.zeros([3, 2]), { bits: 4 }),
    fakeQuantize(tf.tensor2d(broken, [2, 3]), { bits: 4 }),
    fakeQuantize(tf.tensor2d(broken, [2, 3]), { bits: 4, granularity: 'channel' }),
  ]);
  expectEqual(zeros!, [0, 0, 0, 0, 0, 0]);
  expect([...whole!].every(Number.isNaN)).toBe(true);
  expect([...channels!].map(Number.isNaN)).toEqual([false, true, true, false, true, true]);
});

test('scales that repeat along the inputs are refused', () => {
  expect(() => tf.tidy(() => fakeQuantize(tf.ones([3, 3, 5, 4]), { bits: 4, granularity: { axis: 1 } }))).toThrow('repeat');
});

test('the gradient passes unchanged, whatever the rounding', async () => {
  for (const rounding of ['nearest-even', 'stochastic'] as const) {
    const options = { bits: 2, granularity: 'channel', rounding, random } as const;
    const [gradient] = await onGpu(() => [
      tf.grad((x: tf.Tensor) => fakeQuantize(x, options))(normalTensor([4, 5], 1), normalTensor([4, 5], 2)),
    ]);
    expectEqual(gradient!, normalValues(20, 2));
  }
});
