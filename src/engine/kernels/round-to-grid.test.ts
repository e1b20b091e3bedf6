import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { fixedPointGrid } from '../../numerics/formats/fixed-point';
import { gridCases, gridDraws, gridShape, gridValues } from '../testing/grid-cases';
import { normal, on, openTestBackends } from '../testing/wasm-test-backend';
import { roundTensor } from './round-to-grid';
import { KernelName } from './shared/dispatch';

beforeAll(openTestBackends);

const values = () => tf.tensor(gridValues(), [...gridShape]);
const draws = () => tf.tensor(gridDraws(), [...gridShape]);
const bits = (numbers: Float32Array) => new Uint32Array(numbers.map((x) => (Number.isNaN(x) ? Number.NaN : x)).buffer);

test('wasm: equal to the twins bit for bit', async () => {
  for (const { name, attributes, expected } of gridCases()) {
    const [found] = await on('wasm', () => [roundTensor(values(), attributes, draws)]);
    expect(bits(found!), name).toEqual(bits(expected));
  }
});

test('composed of operations it gives the same normal numbers', async () => {
  const config = tf.getKernel(KernelName.roundToGrid, 'cpu');
  tf.unregisterKernel(KernelName.roundToGrid, 'cpu');
  try {
    const inputs = gridValues();
    for (const { name, attributes, expected } of gridCases()) {
      const [found] = await on('cpu', () => [roundTensor(values(), attributes, draws)]);
      for (const [i, value] of expected.entries()) {
        // Below float32's normal numbers GPUs differ, and so may the operations.
        if (Math.abs(inputs[i]!) < 2 ** -100 || Math.abs(value) < 2 ** -100) continue;
        // Adding 0 turns −0 into 0.
        expect(found![i]! + 0, `${name}: ${inputs[i]}`).toBe(value + 0);
      }
    }
  } finally {
    tf.registerKernel(config);
  }
});

test('the gradient passes unchanged', async () => {
  const attributes = { grid: fixedPointGrid({ integerBits: 2, fractionBits: 3 }), rounding: 'nearest-even' } as const;
  const [gradient, dy] = await on('wasm', () => {
    const given = normal([3, 4], 2);
    return [tf.grad((x: tf.Tensor) => tf.mul(roundTensor(x, attributes, draws), given))(normal([3, 4], 1)), given];
  });
  expect(gradient).toEqual(dy);
});
