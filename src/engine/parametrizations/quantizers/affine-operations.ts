import * as tf from '@tensorflow/tfjs-core';
import type { Rounding } from '../../../numerics/rounding/rounding';
import { type AffineSettings, codeLimits, isSigns } from '../../../numerics/scales/affine';
import { rounded } from '../../kernels/shared/fake-quantize-composed';

/** Affine quantization as tfjs operations, not differentiable: the twin of numerics/scales/affine and affine-groups. */

/** Smaller scales are not divided by: float32's smallest normal number. A block with such a scale is 0. */
const SMALLEST = 2 ** -126;

export interface AffineTensors {
  readonly scale: tf.Tensor;
  /** Absent where it is 0. */
  readonly zeroPoint?: tf.Tensor;
}

/** Scale and zero-point of ranges. @param low 0 or less  @param high 0 or more, of the same shape */
export function affineTensors(low: tf.Tensor, high: tf.Tensor, settings: AffineSettings): AffineTensors {
  if (isSigns(settings)) return { scale: tf.maximum(tf.neg(low), high) };
  const { min, max } = codeLimits(settings);
  if (settings.scheme === 'symmetric') return { scale: tf.div(min < 0 ? tf.maximum(tf.neg(low), high) : high, max) };
  const width = tf.sub(high, low);
  const shift = tf.round(tf.sub(min, tf.div(tf.mul(low, max - min), tf.maximum(width, SMALLEST))));
  return { scale: tf.div(width, max - min), zeroPoint: tf.clipByValue(shift, min, max) };
}

/** s × (clip(round(x / s) + z) − z). The parameters are broadcast over x. @param draws for the stochastic roundings */
export function affineRounded(
  x: tf.Tensor,
  { scale, zeroPoint }: AffineTensors,
  settings: AffineSettings,
  rounding: Rounding,
  draws: () => tf.Tensor,
): tf.Tensor {
  if (isSigns(settings)) return withNonFinite(tf.mul(scale, signs(x, scale, rounding, draws)), x);
  const { min, max } = codeLimits(settings);
  const whole = rounded(ratio(x, scale), rounding, draws);
  const steps = zeroPoint ? tf.sub(tf.clipByValue(tf.add(whole, zeroPoint), min, max), zeroPoint) : tf.clipByValue(whole, min, max);
  return withNonFinite(tf.mul(scale, steps), x);
}

/** Where the clipped straight-through gradient passes: numerics/scales/affine-groups `affineInside`. 1 or 0. */
export function affineInside(x: tf.Tensor, { scale, zeroPoint }: AffineTensors, settings: AffineSettings): tf.Tensor {
  const { min, max } = isSigns(settings) ? { min: -1, max: 1 } : codeLimits(settings);
  const position = isSigns(settings) ? ratio(x, scale) : tf.round(ratio(x, scale));
  const code = zeroPoint ? tf.add(position, zeroPoint) : position;
  return tf.mul(tf.cast(tf.greaterEqual(code, min), 'float32'), tf.cast(tf.lessEqual(code, max), 'float32'));
}

function ratio(x: tf.Tensor, scale: tf.Tensor): tf.Tensor {
  return tf.div(x, tf.maximum(scale, SMALLEST));
}

/** −1 or 1. */
function signs(x: tf.Tensor, scale: tf.Tensor, rounding: Rounding, draws: () => tf.Tensor): tf.Tensor {
  const nearest = rounding === 'nearest-even' || rounding === 'half-away';
  const bit = nearest
    ? tf.cast(tf.greaterEqual(x, 0), 'float32')
    : tf.clipByValue(rounded(tf.div(tf.add(ratio(x, scale), 1), 2), rounding, draws), 0, 1);
  return tf.sub(tf.mul(bit, 2), 1);
}

/** x − x is 0, but NaN where x is not finite: comparing and clipping may hide that, and the loss must show it. */
function withNonFinite(values: tf.Tensor, x: tf.Tensor): tf.Tensor {
  return tf.add(values, tf.sub(x, x));
}
