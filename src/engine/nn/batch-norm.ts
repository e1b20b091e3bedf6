import * as tf from '@tensorflow/tfjs-core';
import { hasKernel, KernelName, runKernel } from '../kernels/kernel-dispatch';

type Settings = { readonly momentum: number; readonly epsilon: number };

/**
 * Batch normalization over all axes but the last, with the batch's own statistics; moves the moving averages, as Keras does:
 * moving ← momentum × moving + (1 − momentum) × batch. Ioffe and Szegedy 2015 (arXiv 1502.03167).
 */
export function batchNormTrain(
  x: tf.Tensor,
  gamma: tf.Tensor1D,
  beta: tf.Tensor1D,
  movingMean: tf.Variable,
  movingVariance: tf.Variable,
  { momentum, epsilon }: Settings,
): tf.Tensor {
  if (hasKernel(KernelName.batchNorm))
    return runKernel(KernelName.batchNorm, { x, gamma, beta, movingMean, movingVariance }, { momentum, epsilon })[0]!;
  const axes = x.shape.map((_, axis) => axis).slice(0, -1);
  const { mean, variance } = tf.moments(x, axes);
  move(movingMean, mean, momentum);
  move(movingVariance, variance, momentum);
  const scale = tf.mul(gamma, tf.rsqrt(tf.add(variance, epsilon)));
  return tf.add(tf.mul(tf.sub(x, mean), scale), beta);
}

export function batchNormEvaluate(
  x: tf.Tensor,
  mean: tf.Tensor1D,
  variance: tf.Tensor1D,
  gamma: tf.Tensor1D,
  beta: tf.Tensor1D,
  epsilon: number,
): tf.Tensor {
  return tf.add(tf.mul(tf.sub(x, mean), tf.mul(gamma, tf.rsqrt(tf.add(variance, epsilon)))), beta);
}

function move(moving: tf.Variable, batch: tf.Tensor, momentum: number): void {
  tf.tidy(() => moving.assign(tf.add(tf.mul(moving, momentum), tf.mul(batch, 1 - momentum))));
}
