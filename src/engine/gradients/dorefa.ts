import * as tf from '@tensorflow/tfjs-core';
import { lastCode } from '../../numerics/dorefa';
import { Purpose } from '../../numerics/rng';
import type { StepContext } from '../device/step-context';
import { randomUniform } from '../kernels/random-uniform';
import type { GradientFactory } from './gradient-quantizer';

/** Gradients of 2^k values for each example, after noise. Zhou et al. 2016 (arXiv 1606.06160). The twin is numerics/dorefa. */
export const dorefaGradient: GradientFactory = ({ values, stage, index, seed }) => {
  const last = lastCode(Number(values.gradBits));
  const stream = { seed, purpose: Purpose.noise + 16 * index };
  const apply = (dy: tf.Tensor, context: StepContext) => {
    const largest = tf.max(
      tf.abs(dy),
      dy.shape.slice(1).map((_, axis) => axis + 1),
      true,
    );
    const place = tf.add(tf.divNoNan(dy, tf.mul(largest, 2)), 0.5);
    const noise = tf.sub(randomUniform(dy.shape, stream, context), 0.5);
    const code = tf.round(tf.clipByValue(tf.add(tf.mul(place, last), noise), 0, last));
    return tf.mul(tf.sub(tf.mul(code, 2), last), tf.div(largest, last));
  };
  return { stage, arrays: [], apply };
};
