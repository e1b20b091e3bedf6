import * as tf from '@tensorflow/tfjs-core';
import { fillUniform, Purpose } from '../../numerics/rng';
import { hasKernel, KernelName, runKernel } from '../kernels/kernel-dispatch';

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
