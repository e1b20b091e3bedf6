import * as tf from '@tensorflow/tfjs-core';

/**
 * ⌊x⌋ + 1/2 + tanh(a r) / (2 tanh(a / 2)), r = x − ⌊x⌋ − 1/2, and its derivative by x: numerics/soft-round `softRound` and
 * `softRoundSlope`. Neither is differentiable itself.
 * @param sharpness a, []
 */
export function softStaircase(x: tf.Tensor, sharpness: tf.Tensor): { readonly value: tf.Tensor; readonly slope: tf.Tensor } {
  const middle = tf.add(tf.floor(x), 0.5);
  const bend = tf.tanh(tf.mul(tf.sub(x, middle), sharpness));
  const stretch = tf.div(0.5, tf.tanh(tf.mul(sharpness, 0.5)));
  return {
    value: tf.add(middle, tf.mul(bend, stretch)),
    slope: tf.mul(tf.sub(1, tf.square(bend)), tf.mul(stretch, sharpness)),
  };
}
