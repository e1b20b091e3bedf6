import * as tf from '@tensorflow/tfjs-core';
import type { StepContext } from '../device/step-context';
import { assign } from '../kernels/shared/assign';
import type { Network } from '../network/network';

/** λ Σ|w| over the latent weights, biases left out. Its gradient at 0 is 0, so that pruned weights stay. The twin is numerics/training/l1. */
export function l1Penalty({ weights }: Network, lambda: number): tf.Scalar {
  const sums = weights.map(({ latent }) => tf.sum(magnitude(latent)));
  return tf.mul(tf.addN(sums), lambda) as tf.Scalar;
}

/** tfjs gives |w| the gradient −1 at 0. */
const magnitude = tf.customGrad((x, save) => {
  (save as tf.GradSaveFunc)([x as tf.Tensor]);
  return { value: tf.abs(x as tf.Tensor), gradFunc: (dy: tf.Tensor, [w]: tf.Tensor[]) => tf.mul(dy, tf.sign(w!)) };
}) as (x: tf.Tensor) => tf.Tensor;

/** After the optimizer's update, every latent weight moves towards 0 by learning rate × λ, and stops there. */
export function shrink({ weights }: Network, lambda: number, context: StepContext): void {
  tf.tidy(() => {
    const t = tf.mul(context.scalar('lr'), lambda);
    for (const { latent } of weights) assign(latent, tf.mul(tf.sign(latent), tf.relu(tf.sub(tf.abs(latent), t))));
  });
}
