import * as tf from '@tensorflow/tfjs-core';
import type { LossAndCorrect } from './loss';

/**
 * Squared hinge loss against targets ±1, mean over rows and classes, with its gradient and the number of right answers, composed of
 * tfjs operations on every backend. numerics/squared-hinge is the twin.
 * @param outputs [n, c]  @param labels int32 [n], each 0 … c − 1
 * @throws RangeError if the shapes do not fit
 */
export function squaredHinge(outputs: tf.Tensor2D, labels: tf.Tensor1D): LossAndCorrect {
  if (outputs.rank !== 2 || labels.rank !== 1 || outputs.shape[0] !== labels.shape[0])
    throw new RangeError(`Outputs [${outputs.shape}] and labels [${labels.shape}] do not fit together.`);
  const [n, classes] = outputs.shape;
  const mean = tf.customGrad((y, save) => {
    const target = tf.sub(tf.mul(tf.cast(tf.oneHot(labels, classes), 'float32'), 2), 1);
    const margin = tf.sub(1, tf.mul(target, y as tf.Tensor));
    // A product and not a maximum, which on WebGPU may swallow a NaN.
    const missing = tf.mul(margin, tf.cast(tf.greater(margin, 0), 'float32'));
    (save as tf.GradSaveFunc)([tf.mul(tf.mul(missing, target), -2 / (n * classes))]);
    return {
      value: tf.div(tf.sum(tf.square(missing)), n * classes) as tf.Scalar,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => tf.mul(dy, saved[0] as tf.Tensor),
    };
  });
  const correct = tf.sum(tf.cast(tf.equal(tf.argMax(outputs, 1), labels), 'float32')) as tf.Scalar;
  return { loss: mean(outputs) as tf.Scalar, correct };
}
