import * as tf from '@tensorflow/tfjs-core';
import { gpuBackend } from '../device/gpu-program';
import type { StepContext } from '../device/step-context';

/** from × (to / from)^progress, []: numerics/annealing `geometric` for this step. @param end progress at which `to` is reached and kept */
export function geometric(context: StepContext, from: number, to: number, end = 1): tf.Tensor {
  const progress = progressOf(context);
  const part = end < 1 ? tf.minimum(tf.div(progress, Math.max(end, 1e-6)), 1) : progress;
  return tf.mul(tf.exp(tf.mul(part, Math.log(to / from))), from);
}

/** max(0, (progress − start) / (1 − start)), []: numerics/annealing `ramp` for this step. */
export function ramp(context: StepContext, start: number): tf.Tensor {
  return tf.maximum(tf.div(tf.sub(progressOf(context), start), 1 - start), 0);
}

/** 1 if this share of the stage has passed, else 0; []. */
export function passed(context: StepContext, share: number): tf.Tensor {
  return tf.cast(tf.greaterEqual(progressOf(context), share), 'float32');
}

/** a where `flag` is 1, b where it is 0: to the bit, for finite numbers. */
export function either(flag: tf.Tensor, a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  return tf.add(tf.mul(a, flag), tf.mul(b, tf.sub(1, flag)));
}

/**
 * On the device, like a replayed step's: what is computed of a scalar that JavaScript made, tfjs computes in JavaScript, where an
 * exponential may end in another bit.
 */
function progressOf(context: StepContext): tf.Tensor {
  const progress = context.scalar('progress');
  gpuBackend()?.uploadToGPU(progress.dataId);
  return progress;
}
