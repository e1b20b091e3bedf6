import * as tf from '@tensorflow/tfjs-core';
import type { Activation, ActivationLayer, DropoutLayer, FlattenLayer, MaxPoolLayer } from '../../experiment/operators/plain';
import { fillUniform, Purpose } from '../../numerics/random/rng';
import { hasKernel, KernelName, runKernel } from '../kernels/shared/dispatch';
import { flat } from './dense';
import type { Operator } from './operator';

/**
 * Inverted dropout: zero with probability `rate`, the rest divided by 1 − rate (Srivastava et al. 2014).
 * The mask comes from the stream (seed, dropout of this layer, step), the same on every backend, captured or not.
 */
export function dropout(x: tf.Tensor, rate: number, seed: number, step: number, layer: number): tf.Tensor {
  if (rate <= 0) return x;
  const purpose = Purpose.dropout + 16 * layer;
  if (hasKernel(KernelName.dropout)) return runKernel(KernelName.dropout, { x }, { rate, seed, purpose, step })[0]!;
  const mask = new Float32Array(x.size);
  fillUniform(mask, seed, purpose, step);
  const threshold = Math.fround(rate);
  const keep = 1 / (1 - rate);
  for (let i = 0; i < mask.length; i++) mask[i] = (mask[i] ?? 0) < threshold ? 0 : keep;
  return tf.mul(x, tf.tensor(mask, x.shape));
}

/** Operators without parameters. */

export const activationOperator: Operator<ActivationLayer> = { forward: (x, { fn }) => activation(x, fn) };

export const maxPoolOperator: Operator<MaxPoolLayer> = {
  forward: (x, { size }) => tf.maxPool(x as tf.Tensor4D, size, size, 'valid'),
};

export const dropoutOperator: Operator<DropoutLayer> = {
  forward: (x, { rate }, { step, key }) => (step.training ? dropout(x, rate, step.seed, step.step, key.layer) : x),
};

export const flattenOperator: Operator<FlattenLayer> = { forward: (x) => flat(x) };

export function activation(x: tf.Tensor, fn: Activation): tf.Tensor {
  if (fn === 'tanh') return tf.tanh(x);
  if (fn === 'sigmoid') return tf.sigmoid(x);
  return hasKernel(KernelName.reluGradient) ? reluByOutput(x) : tf.relu(x);
}

/** ReLU whose gradient is one kernel instead of tfjs's two. */
const reluByOutput = tf.customGrad((x, save) => {
  const value = tf.relu(x as tf.Tensor);
  (save as tf.GradSaveFunc)([value]);
  return { value, gradFunc: (dy: tf.Tensor, [y]: tf.Tensor[]) => runKernel(KernelName.reluGradient, { dy, y: y! }, { sums: false })[0]! };
}) as (x: tf.Tensor) => tf.Tensor;
