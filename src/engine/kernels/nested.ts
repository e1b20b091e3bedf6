import * as tf from '@tensorflow/tfjs-core';
import type { NestedPenalty } from '../../numerics/quantizers/nested-penalty';
import { RATIO_EPSILON, type VoteRule } from '../../numerics/quantizers/nested-scale';
import { nestedPenaltyArrays, nestedScaleArrays, nestedVotesArrays } from './cpu/nested';
import { setArrayKernel } from './shared/arrays';
import { type NestedAttributes, type NestedPenaltyAttributes, type NestedVoteAttributes, nestedLayout } from './shared/attributes';
import { hasKernel, KernelName, runKernel } from './shared/dispatch';
import { rounded } from './shared/fake-quantize-composed';

export interface NestedScaleOptions extends NestedAttributes {
  /** How the scales get their gradient; without, it is 0. */
  readonly votes?: VoteRule;
}

/**
 * The nested layer of the thesis "Learned quantization": scale × round(P / scale), without limits. The gradient passes straight
 * through to P; the scales get the votes of numerics/quantizers/nested-scale, whatever the loss says of them.
 * @param scale [groups]
 * @throws RangeError if there are not as many scales as the granularity needs
 */
export function nestedScale(latent: tf.Tensor, scale: tf.Tensor, options: NestedScaleOptions): tf.Tensor {
  const { groups } = nestedLayout(latent.shape, options.granularity);
  if (scale.size !== groups || scale.rank !== 1) throw new RangeError(`Scales of shape [${scale.shape}] where ${groups} are needed.`);
  if (hasKernel(KernelName.nestedScale))
    return runKernel(KernelName.nestedScale, { x: latent, scale }, options as unknown as tf.NamedAttrMap)[0] as tf.Tensor;
  const nested = tf.customGrad((...args) => {
    const [x, s, save] = args as [tf.Tensor, tf.Tensor, tf.GradSaveFunc];
    save([x, s]);
    return {
      value: composedValues(x, s, options),
      gradFunc: (dy: tf.Tensor, [x, s]: tf.Tensor[]) => [tf.clone(dy), scaleGradient(dy, x as tf.Tensor, s as tf.Tensor, options)],
    };
  });
  return nested(latent, scale);
}

function scaleGradient(dy: tf.Tensor, x: tf.Tensor, scale: tf.Tensor, { votes, granularity, rounding }: NestedScaleOptions): tf.Tensor {
  if (!votes) return tf.zerosLike(scale);
  const attributes: NestedVoteAttributes = { granularity, rounding, ...votes };
  if (!hasKernel(KernelName.nestedVotes)) return composedVotes(dy, x, scale, attributes);
  return runKernel(KernelName.nestedVotes, { x, dy, scale }, attributes as unknown as tf.NamedAttrMap)[0] as tf.Tensor;
}

tf.registerGradient({
  kernelName: KernelName.nestedScale,
  inputsToSave: ['x', 'scale'],
  gradFunc: (dy, [x, scale], attrs) => ({
    x: () => tf.clone(dy as tf.Tensor),
    scale: () => scaleGradient(dy as tf.Tensor, x as tf.Tensor, scale as tf.Tensor, attrs as unknown as NestedScaleOptions),
  }),
});
setArrayKernel(KernelName.nestedScale, nestedScaleArrays);
setArrayKernel(KernelName.nestedVotes, nestedVotesArrays);

/** For backends without kernels: the tensor as outer × groups × inner. */
function split(x: tf.Tensor, { granularity }: NestedAttributes): tf.Tensor3D {
  const { groups, inner, size } = nestedLayout(x.shape, granularity);
  return tf.reshape(x, [size / (groups * inner), groups, inner]);
}

function composedCodes(x: tf.Tensor3D, scale: tf.Tensor, { rounding }: NestedAttributes): tf.Tensor {
  return rounded(tf.div(x, tf.reshape(scale, [1, -1, 1])), rounding, () => x);
}

function composedValues(x: tf.Tensor, scale: tf.Tensor, attributes: NestedAttributes): tf.Tensor {
  const codes = composedCodes(split(x, attributes), scale, attributes);
  return tf.reshape(tf.mul(codes, tf.reshape(scale, [1, -1, 1])), x.shape);
}

function composedVotes(dy: tf.Tensor, x: tf.Tensor, scale: tf.Tensor, attributes: NestedVoteAttributes): tf.Tensor {
  const { lambda, fallback, allVote } = attributes;
  const codes = composedCodes(split(x, attributes), scale, attributes);
  if (allVote) return tf.mul(tf.max(tf.abs(codes), [0, 2]), -Math.tanh(lambda));
  const size = tf.abs(tf.mul(codes, tf.reshape(scale, [1, -1, 1])));
  const ratios = tf.div(tf.abs(split(dy, attributes)), tf.where(tf.equal(size, 0), tf.fill(size.shape, RATIO_EPSILON), size));
  const insensitive = tf.cast(tf.less(ratios, lambda), 'float32');
  const votes = tf.mul(insensitive, tf.neg(tf.tanh(tf.sub(lambda, ratios))));
  const mean = tf.mean(votes, [0, 2]);
  const nobody = tf.cast(tf.equal(tf.max(insensitive, [0, 2]), 0), 'float32');
  const vote = fallback ? tf.sub(mean, tf.mul(nobody, Math.tanh(lambda))) : mean;
  return tf.mul(vote, tf.max(tf.abs(codes), [0, 2]));
}

export interface NestedPenaltyOptions extends NestedAttributes {
  readonly penalty: NestedPenalty;
}

/** A penalty of numerics/quantizers/nested-penalty, []; differentiable with respect to the weights and the scales [groups]. */
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
