import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { batchNorm, batchNormGradient, batchStatistics, updateMoving } from '../../../numerics/network/batch-norm';
import { readTensor } from '../../device/gpu-program';
import { batchNormTrain } from '../../operators/batch-norm';
import { expectClose, normalValues, onGpu, openTestGpu } from '../../testing/webgpu-test-backend';
import { KernelName } from '../shared/dispatch';

beforeAll(openTestGpu);

const settings = { momentum: 0.9, epsilon: 1e-3 };

/** y, dx, dγ, dβ and the moved averages. `offset` is added to x. */
async function onTheGpu(shape: number[], offset: number): Promise<Float32Array[]> {
  const channels = shape.at(-1)!;
  const count = shape.reduce((a, b) => a * b, 1);
  const variables = tf.tidy(() => [tf.variable(tf.zeros([channels])), tf.variable(tf.ones([channels]))]) as [tf.Variable, tf.Variable];
  const results = await onGpu(() => {
    const x = tf.tensor(
      normalValues(count, 1).map((value) => value + offset),
      shape,
    );
    const [gamma, beta] = [tf.tensor1d(normalValues(channels, 2)), tf.tensor1d(normalValues(channels, 3))];
    let y: tf.Tensor | undefined;
    const layer = (a: tf.Tensor, b: tf.Tensor, c: tf.Tensor) => {
      const result = batchNormTrain(a, b as tf.Tensor1D, c as tf.Tensor1D, ...variables, settings);
      y = tf.keep(tf.clone(result));
      return result;
    };
    const gradients = tf.grads(layer as never)([x, gamma, beta], tf.tensor(normalValues(count, 4), shape));
    return [y!, ...gradients];
  });
  const moved = [await readTensor(variables[0]), await readTensor(variables[1])];
  tf.dispose(variables);
  return [...results, ...moved];
}

function expected(shape: number[], offset: number): Float64Array[] {
  const channels = shape.at(-1)!;
  const count = shape.reduce((a, b) => a * b, 1);
  const x = normalValues(count, 1).map((value) => value + offset);
  const [gamma, beta, dy] = [normalValues(channels, 2), normalValues(channels, 3), normalValues(count, 4)];
  const statistics = batchStatistics(x, channels);
  const { dx, dGamma, dBeta } = batchNormGradient(x, gamma, dy, settings.epsilon);
  const [mean, variance] = [new Float64Array(channels), new Float64Array(channels).fill(1)];
  updateMoving(mean, statistics.mean, settings.momentum);
  updateMoving(variance, statistics.variance, settings.momentum);
  return [batchNorm(x, gamma, beta, statistics, settings.epsilon), dx, dGamma, dBeta, mean, variance];
}

const names = ['y', 'dx', 'dγ', 'dβ', 'moving mean', 'moving variance'];

for (const shape of [
  [6, 5],
  [2, 3, 3, 34],
  [3, 30, 30, 4],
])
  test(`[${shape}] is the twin`, async () => {
    const wanted = expected(shape, 0);
    for (const [i, found] of (await onTheGpu(shape, 0)).entries()) expectClose(found, wanted[i]!, 1e-5, names[i]);
  });

test('a mean far from 0 costs no precision in the variance', async () => {
  const wanted = expected([3, 30, 30, 4], 1000);
  const found = await onTheGpu([3, 30, 30, 4], 1000);
  expect(Math.abs(found[5]![0]! - wanted[5]![0]!)).toBeLessThan(1e-4);
  expectClose(found[0]!, wanted[0]!, 2e-4, 'y');
});

test('composed of operations, it agrees', async () => {
  const fused = await onTheGpu([2, 4, 4, 3], 0.5);
  const config = tf.getKernel(KernelName.batchNorm, 'webgpu');
  tf.unregisterKernel(KernelName.batchNorm, 'webgpu');
  const composed = await onTheGpu([2, 4, 4, 3], 0.5).finally(() => tf.registerKernel(config));
  for (const [i, found] of fused.entries()) expectClose(found, composed[i]!, 2e-5, names[i]);
});
