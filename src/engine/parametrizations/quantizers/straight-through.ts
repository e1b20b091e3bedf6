import * as tf from '@tensorflow/tfjs-core';

/** `forward(x)`, whose gradient passes to x as if nothing had been done (Bengio, Léonard and Courville 2013, arXiv 1308.3432). */
export function straightThrough(x: tf.Tensor, forward: (x: tf.Tensor) => tf.Tensor): tf.Tensor {
  const operation = tf.customGrad((input) => ({
    value: forward(input as tf.Tensor),
    gradFunc: (dy: tf.Tensor) => tf.clone(dy),
  }));
  return operation(x);
}
