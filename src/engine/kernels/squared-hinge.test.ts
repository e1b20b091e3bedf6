import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { squaredHinge as twin } from '../../numerics/training/loss';
import { normal, on, openTestBackends } from '../testing/wasm-test-backend';
import { squaredHinge } from './loss';

beforeAll(openTestBackends);

const labels = [3, 0, 9, 9, 1, 5, 2, 8];

function lossAndGradient(outputs: tf.Tensor, wanted: number[], dy = 1): tf.Tensor[] {
  const { loss, correct } = squaredHinge(outputs as tf.Tensor2D, tf.tensor1d(wanted, 'int32'));
  const gradient = tf.grad((x: tf.Tensor) => squaredHinge(x as tf.Tensor2D, tf.tensor1d(wanted, 'int32')).loss)(outputs, tf.scalar(dy));
  return [loss, correct, gradient, outputs];
}

test.each(['wasm', 'cpu'] as const)('on %s: loss, right answers and gradient are the twin’s', async (backend) => {
  const [loss, correct, gradient, outputs] = await on(backend, () => lossAndGradient(normal([8, 10], 4), labels, 3));
  const expected = twin(outputs!, labels, 10);
  expect(loss![0]).toBeCloseTo(expected.loss, 6);
  expect(correct![0]).toBe(expected.correct);
  for (const [i, g] of gradient!.entries()) expect(g).toBeCloseTo(3 * expected.gradient[i]!, 6);
});

test('a weight that is not a number gives a loss that is not a number', async () => {
  const [loss] = await on('wasm', () => lossAndGradient(tf.tensor2d([Number.NaN, 1], [1, 2]), [0]));
  expect(loss![0]).toBeNaN();
});

test('shapes that do not fit are refused', () => {
  expect(() => squaredHinge(tf.zeros([2, 3]), tf.tensor1d([0], 'int32'))).toThrow(RangeError);
});
