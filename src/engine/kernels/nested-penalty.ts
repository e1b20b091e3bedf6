import * as tf from '@tensorflow/tfjs-core';
import type { NestedPenalty } from '../../numerics/nested-penalty';
import { setArrayKernel } from './cpu-arrays';
import { nestedPenaltyArrays } from './cpu-nested-penalty';
import { rounded } from './fake-quantize-composed';
import { hasKernel, KernelName, runKernel } from './kernel-dispatch';
import { type NestedAttributes, type NestedPenaltyAttributes, nestedLayout } from './nested-attributes';

export interface NestedPenaltyOptions extends NestedAttributes {
  readonly penalty: NestedPenalty;
}

/** A penalty of numerics/nested-penalty, []; differentiable with respect to the weights and the scales [groups]. */
export function nestedPenalty(latent: tf.Tensor, scale: tf.Tensor, { penalty, granularity, rounding }: NestedPenaltyOptions): tf.Scalar {
  if (penalty === 'inverse') return tf.mean(tf.reciprocal(scale)) as tf.Scalar;
  const attributes: NestedPenaltyAttributes = { granularity, rounding, penalty };
  const kernel = hasKernel(KernelName.nestedPenalty);
  const term = tf.customGrad((...args) => {
    const [x, s, save] = args as [tf.Tensor, tf.Tensor, tf.GradSaveFunc];
    const parts = kernel
      ? runKernel(KernelName.nestedPenalty, { x, scale: s }, attributes as unknown as tf.NamedAttrMap)
      : composedParts(x, s, attributes);
    const [terms, dx, ds] = parts as [tf.Tensor, tf.Tensor, tf.Tensor];
    save([dx, ds]);
    return { value: tf.sum(terms), gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => saved.map((gradient) => tf.mul(gradient, dy)) };
  });
  return term(latent, scale) as tf.Scalar;
}

setArrayKernel(KernelName.nestedPenalty, nestedPenaltyArrays);

/** For backends without the kernel. */
function composedParts(latent: tf.Tensor, scales: tf.Tensor, { penalty, granularity, rounding }: NestedPenaltyAttributes): tf.Tensor[] {
  const { groups, inner, size } = nestedLayout(latent.shape, granularity);
  const x = tf.reshape(latent, [size / (groups * inner), groups, inner]);
  const s = tf.reshape(scales, [1, groups, 1]);
  if (penalty === 'bins') {
    const largest = tf.max(tf.abs(x), [0, 2], true);
    const holds = tf.cast(tf.equal(tf.abs(x), largest), 'float32');
    const bins = tf.div(tf.div(largest, s), groups);
    const dx = tf.div(tf.mul(tf.sign(x), holds), tf.mul(tf.mul(s, tf.sum(holds, [0, 2], true)), groups));
    return [tf.reshape(bins, [groups]), tf.reshape(dx, latent.shape), tf.reshape(tf.neg(tf.div(bins, s)), [groups])];
  }
  const codes = () => rounded(tf.div(x, s), rounding, () => x);
  const [stand, byLatent, byScale] =
    penalty === 'deviation'
      ? [tf.div(x, s), tf.reciprocal(s), tf.neg(tf.div(tf.div(x, s), s))]
      : [tf.mul(s, codes()), tf.scalar(0), codes()];
  const left = tf.sub(x, stand);
  const side = tf.div(tf.sign(left), size);
  return [
    tf.div(tf.sum(tf.abs(left), [0, 2]), size),
    tf.reshape(tf.mul(side, tf.sub(1, byLatent)), latent.shape),
    tf.neg(tf.sum(tf.mul(side, byScale), [0, 2])),
  ];
}
