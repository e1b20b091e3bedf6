import * as tf from '@tensorflow/tfjs-core';
import { clippedStepArrays, clippedStepGradientArrays } from './cpu/clipped-step';
import { setArrayKernel } from './shared/arrays';
import type { ClippedStepAttributes } from './shared/attributes';
import { hasKernel, KernelName, runKernel } from './shared/dispatch';

/**
 * s × round(clip(x / s)), halves to even: numerics/scales/clipped-codes `clippedValues`, with the gradients of numerics/quantizers/lsq (`step`),
 * numerics/quantizers/pact (`limit`) or numerics/scales/clipped-codes (`fixed`), where s = limit / highest.
 * @param scale one for all, or one for each element of x's last axis; more than 0
 */
export function clippedStep(x: tf.Tensor, scale: tf.Tensor, attributes: ClippedStepAttributes): tf.Tensor {
  const columns = x.shape.at(-1) ?? 1;
  if (scale.size !== 1 && scale.size !== columns) throw new RangeError(`${scale.size} scales for ${columns} columns.`);
  const attrs = attributes as unknown as tf.NamedAttrMap;
  const operation = tf.customGrad((...args) => {
    const [given, s, save] = args as [tf.Tensor, tf.Tensor, tf.GradSaveFunc];
    save([given, s]);
    return {
      value: hasKernel(KernelName.clippedStep)
        ? (runKernel(KernelName.clippedStep, { x: given, scale: s }, attrs)[0] as tf.Tensor)
        : composedValues(given, s, attributes),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [x, scale] = saved as [tf.Tensor, tf.Tensor];
        if (!hasKernel(KernelName.clippedStepGradient)) return composedGradients(dy, x, scale, attributes);
        const [dx, sums] = runKernel(KernelName.clippedStepGradient, { x, scale, dy }, attrs) as [tf.Tensor, tf.Tensor?];
        if (!sums) return [dx, tf.zerosLike(scale)];
        return [dx, tf.reshape(scale.size === sums.size ? sums : tf.sum(sums), scale.shape)];
      },
    };
  });
  return operation(x, scale);
}

setArrayKernel(KernelName.clippedStep, clippedStepArrays);
setArrayKernel(KernelName.clippedStepGradient, clippedStepGradientArrays);

/** The steps, broadcast over x. */
function stepsOf(scale: tf.Tensor, { rule, highest }: ClippedStepAttributes): tf.Tensor {
  const flat = tf.reshape(scale, scale.size === 1 ? [] : [scale.size]);
  return rule === 'step' ? flat : tf.div(flat, highest);
}

function composedValues(x: tf.Tensor, scale: tf.Tensor, attributes: ClippedStepAttributes): tf.Tensor {
  const steps = stepsOf(scale, attributes);
  return tf.mul(tf.round(tf.clipByValue(tf.div(x, steps), attributes.lowest, attributes.highest)), steps);
}

/** 1 where it is so, else 0. */
const flag = (condition: tf.Tensor) => tf.cast(condition, 'float32');

function composedGradients(dy: tf.Tensor, x: tf.Tensor, scale: tf.Tensor, attributes: ClippedStepAttributes): tf.Tensor[] {
  const { lowest, highest, rule } = attributes;
  const summed = (terms: tf.Tensor) => {
    const sums = scale.size === 1 ? tf.sum(terms) : tf.sum(tf.reshape(terms, [-1, scale.size]), 0);
    return tf.reshape(sums, scale.shape);
  };
  if (rule === 'step') {
    const ratio = tf.div(x, stepsOf(scale, attributes));
    const inside = tf.mul(dy, flag(tf.logicalAnd(tf.greater(ratio, lowest), tf.less(ratio, highest))));
    const code = tf.round(tf.clipByValue(ratio, lowest, highest));
    // Inside round(r) − r; at the limits and beyond the limit itself.
    return [inside, summed(tf.sub(tf.mul(dy, code), tf.mul(inside, ratio)))];
  }
  const limit = tf.reshape(scale, scale.size === 1 ? [] : [scale.size]);
  const floor = lowest < 0 ? tf.neg(limit) : tf.scalar(0);
  if (rule === 'fixed') return [tf.mul(dy, flag(tf.logicalAnd(tf.greaterEqual(x, floor), tf.lessEqual(x, limit)))), tf.zerosLike(scale)];
  const above = flag(tf.greaterEqual(x, limit));
  const below = flag(lowest < 0 ? tf.lessEqual(x, floor) : tf.less(x, floor));
  const pull = lowest < 0 ? tf.sub(above, below) : above;
  return [tf.mul(dy, tf.sub(1, tf.add(above, below))), summed(tf.mul(dy, pull))];
}
