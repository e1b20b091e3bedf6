import * as tf from '@tensorflow/tfjs-core';
import { plusMinus } from '../views/signs';
import type { ActivationFactory } from './activation-view';

/**
 * The sign of each input times the mean magnitude β of its image; what is not above 0 counts as negative. The gradient is β dy
 * where |x| ≤ 1. Rastegari et al. 2016 (arXiv 1603.05279), section 3.2, with one β for each image.
 */
export const signActivation: ActivationFactory = ({ stage }) => ({
  stage,
  arrays: [],
  apply: (x) => binary(x),
  stored: () => new Float32Array(),
});

const binary = tf.customGrad((x, save) => {
  const inputs = x as tf.Tensor;
  const axes = inputs.shape.slice(1).map((_, i) => i + 1);
  const scale = tf.mean(tf.abs(inputs), axes, true);
  (save as tf.GradSaveFunc)([inputs, scale]);
  return {
    value: tf.mul(plusMinus(tf.greater(inputs, 0)), scale),
    gradFunc(dy: tf.Tensor, saved: tf.Tensor[]) {
      const [values, beta] = saved as [tf.Tensor, tf.Tensor];
      return tf.mul(tf.mul(dy, beta), tf.cast(tf.lessEqual(tf.abs(values), 1), 'float32'));
    },
  };
});
