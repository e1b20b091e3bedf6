import * as tf from '@tensorflow/tfjs-core';
import type { CodeRange } from '../../numerics/clipped-codes';

/**
 * scale × round(clip(x / scale)), the scale broadcast over blocks, with LSQ's gradients (numerics/lsq): what the kernel of
 * kernels/clipped-step does, for blocks that are no columns.
 * @param axes of x that share a scale
 */
export function blockSteps(x: tf.Tensor, scale: tf.Tensor, { lowest, highest }: CodeRange, axes: readonly number[]): tf.Tensor {
  const operation = tf.customGrad((...args) => {
    const [given, steps, save] = args as [tf.Tensor, tf.Tensor, tf.GradSaveFunc];
    save([given, steps]);
    return {
      value: tf.mul(tf.round(tf.clipByValue(tf.div(given, steps), lowest, highest)), steps),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [seen, scales] = saved as [tf.Tensor, tf.Tensor];
        const ratio = tf.div(seen, scales);
        const inside = tf.mul(dy, tf.cast(tf.logicalAnd(tf.greater(ratio, lowest), tf.less(ratio, highest)), 'float32'));
        const code = tf.round(tf.clipByValue(ratio, lowest, highest));
        // Inside round(r) − r; at the limits and beyond the limit itself.
        const terms = tf.sub(tf.mul(dy, code), tf.mul(inside, ratio));
        return [inside, tf.reshape(tf.sum(terms, [...axes], true), scales.shape)];
      },
    };
  });
  return operation(x, scale);
}
