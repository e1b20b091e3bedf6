import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { expectSameOnBoth, normal, on, openTestBackends } from '../../testing/wasm-test-backend';

beforeAll(openTestBackends);

/** Gradients of f at the tensors, for a dy of normal numbers. */
function gradientsOf(f: (...xs: tf.Tensor[]) => tf.Tensor, ...xs: tf.Tensor[]): tf.Tensor[] {
  const dy = normal(
    tf.tidy(() => f(...xs).shape),
    99,
  );
  return tf.grads(f)(xs, dy);
}

describe('matMul', () => {
  const sizes = [
    [3, 4, 5],
    [64, 30, 10],
    [1, 7, 9],
    [8, 1, 3],
    [5, 40, 2],
  ] as const;
  for (const [m, k, n] of sizes) {
    for (const [ta, tb] of [
      [false, false],
      [true, false],
      [false, true],
      [true, true],
    ] as const) {
      test(`[${m}, ${k}] × [${k}, ${n}], flags ${ta} ${tb}: value and gradients`, () =>
        expectSameOnBoth(() => {
          const a = normal(ta ? [k, m] : [m, k], 1);
          const b = normal(tb ? [n, k] : [k, n], 2);
          const f = (x: tf.Tensor, y: tf.Tensor) => tf.matMul(x, y, ta, tb);
          return [f(a, b), ...gradientsOf(f, a, b)];
        }));
    }
  }

  test('batched', () => expectSameOnBoth(() => gradientsOf((a, b) => tf.matMul(a, b), normal([3, 4, 5], 1), normal([3, 5, 2], 2))));

  test('fused with bias and relu', () =>
    expectSameOnBoth(() => {
      const f = (a: tf.Tensor, b: tf.Tensor, bias: tf.Tensor) =>
        tf.fused.matMul({ a: a as tf.Tensor2D, b: b as tf.Tensor2D, bias, activation: 'relu' });
      return gradientsOf(f, normal([6, 5], 1), normal([5, 4], 2), normal([4], 3));
    }));
});

describe('conv2d, stride 1', () => {
  const cases = [
    { x: [2, 8, 8, 1], filter: [5, 5, 1, 4] },
    { x: [3, 6, 7, 4], filter: [3, 3, 4, 5] },
    { x: [1, 5, 5, 2], filter: [1, 1, 2, 3] },
    { x: [2, 7, 6, 3], filter: [2, 4, 3, 2] },
    { x: [4, 5, 5, 3], filter: [5, 5, 3, 2] },
  ];
  for (const { x, filter } of cases)
    for (const padding of ['valid', 'same'] as const)
      test(`x [${x}], filter [${filter}], ${padding}`, () =>
        expectSameOnBoth(() =>
          gradientsOf((a, b) => tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, 1, padding), normal(x, 1), normal(filter, 2)),
        ));

  test('padding by a number', () =>
    expectSameOnBoth(() =>
      gradientsOf((a, b) => tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, 1, 1), normal([2, 6, 5, 2], 1), normal([3, 3, 2, 3], 2)),
    ));

  test('strides above 1: the input gradient is right, the filter gradient throws and names the case', async () => {
    const convolve = (a: tf.Tensor, b: tf.Tensor) => tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, 2, 'same');
    await expectSameOnBoth(() => {
      const filter = normal([3, 3, 2, 3], 2);
      return gradientsOf((a) => convolve(a, filter), normal([2, 8, 8, 2], 1));
    });
    await tf.setBackend('wasm');
    expect(() => tf.tidy(() => gradientsOf(convolve, normal([2, 8, 8, 2], 1), normal([3, 3, 2, 3], 2)))).toThrow(/strides 2 × 2/);
  });
});

describe('maxPool', () => {
  const cases = [
    { x: [2, 8, 8, 3], size: 2, strides: 2, padding: 'valid' },
    { x: [2, 7, 5, 2], size: 2, strides: 2, padding: 'valid' },
    { x: [1, 7, 7, 2], size: 3, strides: 2, padding: 'same' },
    { x: [2, 6, 6, 1], size: 3, strides: 1, padding: 'same' },
    { x: [2, 9, 9, 2], size: 2, strides: 3, padding: 'valid' },
  ] as const;
  for (const { x, size, strides, padding } of cases)
    test(`x [${x}], size ${size}, strides ${strides}, ${padding}`, () =>
      expectSameOnBoth(() => gradientsOf((a) => tf.maxPool(a as tf.Tensor4D, size, strides, padding), normal(x, 1))));

  test('equal values: the first of the window gets the gradient', async () => {
    const [dx] = await on('wasm', () => [
      tf.grad((x: tf.Tensor) => tf.maxPool(x as tf.Tensor4D, 2, 2, 'valid'))(tf.zeros([1, 2, 2, 1]), tf.tensor4d([3], [1, 1, 1, 1])),
    ]);
    expect([...dx!]).toEqual([3, 0, 0, 0]);
  });
});

describe('sums, means and what is built from them', () => {
  for (const axes of [[0], [0, 1], [0, 1, 2], [-1], [1], [0, 2], [0, 1, 2, 3]])
    test(`over [${axes}]`, () =>
      expectSameOnBoth(() => {
        const x = normal([3, 4, 5, 6], 1);
        return [tf.sum(x, axes), tf.mean(x, axes), tf.mean(x, axes, true), ...gradientsOf((a) => tf.mean(a, axes), x)];
      }));

  test('keepDims has the shape', () => {
    const shapes = tf.tidy(() => [tf.sum(normal([2, 3, 4], 1), [0, 1], true).shape, tf.sum(normal([2, 3, 4], 1), [0, 1]).shape]);
    expect(shapes).toEqual([[1, 1, 4], [4]]);
  });

  test('gradient of a broadcast bias', () =>
    expectSameOnBoth(() => gradientsOf((x, bias) => tf.add(x, bias), normal([4, 3, 3, 5], 1), normal([5], 2))));

  test('batch norm from moments', () =>
    expectSameOnBoth(() => {
      const f = (x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor) => {
        const { mean, variance } = tf.moments(x, [0, 1, 2]);
        return tf.add(tf.mul(tf.sub(x, mean), tf.mul(gamma, tf.rsqrt(tf.add(variance, 1e-3)))), beta);
      };
      return gradientsOf(f, normal([6, 3, 3, 4], 1), normal([4], 2), normal([4], 3));
    }));
});

describe('other gradients', () => {
  test('relu, and 0 at 0', async () => {
    await expectSameOnBoth(() => gradientsOf((x) => tf.relu(x), normal([7, 9], 1)));
    const [dx] = await on('wasm', () => [tf.grad((x: tf.Tensor) => tf.relu(x))(tf.tensor1d([-1, 0, 2]), tf.tensor1d([5, 6, 7]))]);
    expect([...dx!]).toEqual([0, 0, 7]);
  });

  test('gather with repeated indices', () =>
    expectSameOnBoth(() => gradientsOf((x) => tf.gather(x, tf.tensor1d([2, 0, 2, 1], 'int32')), normal([3, 4], 1))));

  test('tanh, sigmoid', () => expectSameOnBoth(() => gradientsOf((x) => tf.tanh(tf.sigmoid(x)), normal([4, 5], 1))));
});

test('a whole small network leaves no tensor behind', async () => {
  await tf.setBackend('wasm');
  const step = () =>
    tf.tidy(() => {
      const f = (filter: tf.Tensor, weights: tf.Tensor) => {
        const maps = tf.relu(tf.conv2d(normal([2, 6, 6, 1], 1) as tf.Tensor4D, filter as tf.Tensor4D, 1, 'valid'));
        const pooled = tf.maxPool(maps as tf.Tensor4D, 2, 2, 'valid');
        return tf.sum(tf.square(tf.matMul(tf.reshape(pooled, [2, -1]), weights)));
      };
      tf.grads(f)([normal([3, 3, 1, 4], 2), normal([16, 3], 3)]);
    });
  step();
  const before = tf.memory();
  const ids = tf.engine().backend.numDataIds();
  for (let i = 0; i < 5; i++) step();
  expect(tf.memory().numTensors).toBe(before.numTensors);
  expect(tf.engine().backend.numDataIds()).toBe(ids);
});
