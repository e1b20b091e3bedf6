import * as tf from '@tensorflow/tfjs-core';
import type { Learned } from '../network/parameter';

/** The gradients of weights without what is small in their array; those of biases and of what quantizers learn as they are. The twin is numerics/training/prune-gradient. @param threshold times the root mean square */
export function prunedGradients(gradients: tf.NamedTensorMap, learned: readonly Learned[], threshold: number): tf.NamedTensorMap {
  const pruned = learned
    .filter(({ decays }) => decays)
    .map(({ variable: { name } }) => [name, pruneGradient(gradients[name] as tf.Tensor, threshold)] as const);
  return { ...gradients, ...Object.fromEntries(pruned) };
}

function pruneGradient(gradient: tf.Tensor, threshold: number): tf.Tensor {
  const bound = tf.mul(tf.sqrt(tf.mean(tf.square(gradient))), threshold);
  return tf.mul(gradient, tf.cast(tf.greaterEqual(tf.abs(gradient), bound), 'float32'));
}
