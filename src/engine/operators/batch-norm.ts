import * as tf from '@tensorflow/tfjs-core';
import type { BatchNormLayer } from '../../experiment/operators/batch-norm';
import { hasKernel, KernelName, runKernel } from '../kernels/shared/dispatch';
import type { Operator } from './operator';

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

/** With the batch's statistics while training, which move the averages; else with the averages. */
export const batchNormOperator: Operator<BatchNormLayer> = {
  forward(x, layer, { step, value, latent }) {
    const vector = (part: string) => value(part) as tf.Tensor1D;
    if (step.training) return batchNormTrain(x, vector('gamma'), vector('beta'), latent('mean'), latent('variance'), layer);
    return batchNormEvaluate(x, vector('mean'), vector('variance'), vector('gamma'), vector('beta'), layer.epsilon);
  },
};
