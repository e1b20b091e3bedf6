import * as tf from '@tensorflow/tfjs-core';
import type { CodeRange } from '../../numerics/clipped-codes';

/** scale × round(clip(x / scale)): numerics/clipped-codes `clippedValues`, the scale broadcast over x. Not differentiable. */
export function clippedRound(x: tf.Tensor, scale: tf.Tensor, { lowest, highest }: CodeRange): tf.Tensor {
  return tf.mul(tf.round(tf.clipByValue(tf.div(x, scale), lowest, highest)), scale);
}

/** 1 where x is strictly between these, else 0. */
export function between(x: tf.Tensor, low: tf.Tensor | number, high: tf.Tensor | number): tf.Tensor {
  return tf.cast(tf.logicalAnd(tf.greater(x, low), tf.less(x, high)), 'float32');
}

/** 1 where from · range ≤ x ≤ range, else 0: what gets a gradient through clipping. The twin is numerics/wrpn `clipGradient`. */
export function unclipped(x: tf.Tensor, range: tf.Tensor, from: -1 | 0): tf.Tensor {
  const above = from === 0 ? tf.greaterEqual(x, 0) : tf.greaterEqual(x, tf.neg(range));
  return tf.cast(tf.logicalAnd(above, tf.lessEqual(x, range)), 'float32');
}

/** Values in a fixed range, rounded to even steps; the gradient is the one of clipping. @param range more than 0, [] */
export function fixedRange(x: tf.Tensor, range: tf.Tensor, codes: CodeRange): tf.Tensor {
  const operation = tf.customGrad((given, most, save) => {
    (save as tf.GradSaveFunc)([given as tf.Tensor, most as tf.Tensor]);
    return {
      value: clippedRound(given as tf.Tensor, tf.div(most as tf.Tensor, codes.highest), codes),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [seen, limit] = saved as [tf.Tensor, tf.Tensor];
        return [tf.mul(dy, unclipped(seen, limit, codes.lowest < 0 ? -1 : 0)), tf.zerosLike(limit)];
      },
    };
  });
  return operation(x, range);
}

export interface LearnedStep {
  readonly range: CodeRange;
  /** Axes of x that share a scale. */
  readonly axes: readonly number[];
  /** What the scales' gradients are multiplied by; of the scales' shape, or one for all. */
  readonly factors: Float32Array;
}

/** x rounded to codes with scales that get LSQ's gradients: numerics/lsq `lsqGradients`, times the factors. */
export function learnedStep(x: tf.Tensor, scale: tf.Tensor, { range, axes, factors }: LearnedStep): tf.Tensor {
  const { lowest, highest } = range;
  const operation = tf.customGrad((given, step, save) => {
    (save as tf.GradSaveFunc)([given as tf.Tensor, step as tf.Tensor]);
    return {
      value: clippedRound(given as tf.Tensor, step as tf.Tensor, range),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [seen, scales] = saved as [tf.Tensor, tf.Tensor];
        const ratio = tf.div(seen, scales);
        const inside = between(ratio, lowest, highest);
        const bySeen = tf.mul(dy, inside);
        const code = tf.round(tf.clipByValue(ratio, lowest, highest));
        // Inside round(r) − r; at the limits and beyond the limit itself.
        const terms = tf.sub(tf.mul(dy, code), tf.mul(bySeen, ratio));
        const sums = tf.reshape(tf.sum(terms, [...axes], true), scales.shape);
        const factor = factors.length === 1 ? tf.scalar(factors[0] ?? 1) : tf.tensor(factors.slice(), scales.shape);
        return [bySeen, tf.mul(sums, factor)];
      },
    };
  });
  return operation(x, scale);
}
