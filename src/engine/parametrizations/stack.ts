import * as tf from '@tensorflow/tfjs-core';
import { decodeEncoding } from '../../numerics/container/encoding';
import { type StorageChoice, type StoredTensor, withSupport } from '../../numerics/container/stored-tensor';
import type { StepContext } from '../device/step-context';
import type { View, ViewState } from './parametrization';

/**
 * The views over one parameter, bottom to top: a mask, then a quantizer. Each gets what the one below gives. What a mask removes
 * stays 0 whatever lies above: quantizers without a level at 0 would bring it back, as one bit does, or noise.
 */

/** What the layer sees. @param latent the raw parameter  @returns a tensor of the same shape */
export function seenThrough(views: readonly View[], latent: tf.Tensor, context: StepContext): tf.Tensor {
  const top = views.at(-1);
  const seen = views.reduce<tf.Tensor>((values, view) => view.apply(values, context), latent);
  return masksOf(views).reduce((values, mask) => (mask === top ? values : mask.apply(values, context)), seen);
}

/** The sum of the views' terms of the loss, each for what it is given. */
export function penaltyOf(views: readonly View[], latent: tf.Tensor, context: StepContext): tf.Tensor | undefined {
  let below = latent;
  let sum: tf.Tensor | undefined;
  for (const view of views) {
    const own = view.penalty?.(below, context);
    if (own) sum = sum ? tf.add(sum, own) : own;
    if (view !== views.at(-1)) below = view.apply(below, context);
  }
  return sum;
}

/** What the views do when the optimizer has updated the latent values: masks before the others, and once more behind them. */
export function afterStep(views: readonly View[], latent: tf.Variable, context: StepContext): void {
  for (const view of views) view.afterStep?.(latent, context);
  if (views.at(-1)?.afterStep && views.at(-1)?.kind !== 'mask') for (const mask of masksOf(views)) mask.afterStep?.(latent, context);
}

/**
 * What the views below the one of this kind give: what a quantizer's scales are fitted to.
 * @param states the values of each view's arrays, in the order of the views
 */
export function valuesBelow(views: readonly View[], kind: View['kind'], latent: Float32Array, states: readonly ViewState[]): Float32Array {
  const shape = [latent.length];
  return views.reduce((values, view, i) => {
    if (view.kind === kind) return values;
    return view.kind === 'mask' ? decodeEncoding(view.materialize(values, states[i] ?? {}), shape) : values;
  }, latent);
}

/** What the file stores of the parameter: the topmost view's encoding of what the one below gives; zeros of a mask are exactly 0. */
export function stored(
  views: readonly View[],
  shape: readonly number[],
  latent: Float32Array,
  states: readonly ViewState[],
  { support, coder }: StorageChoice = {},
): Pick<StoredTensor, 'encoding' | 'support' | 'coder'> {
  const top = views.at(-1);
  const coded = coder && { coder };
  if (!top) return { encoding: { kind: 'float32', values: latent }, ...coded };
  const below = valuesBelow(views, top.kind, latent, states);
  const encoding = top.materialize(below, states[views.length - 1] ?? {});
  const kept = keptOf(views, states);
  if (!kept) return { encoding, ...coded };
  if (support) return { ...withSupport(encoding, kept, support), ...coded };
  const values = decodeEncoding(encoding, shape);
  // As in life, a pruned tensor is stored dense; only where the codes have no 0 a bit for each weight has to say which are.
  const dense = values.every((value, i) => kept[i] === 1 || value === 0);
  return { ...(dense ? { encoding } : withSupport(encoding, kept)), ...coded };
}

/** Which weights are kept, a byte for each; undefined where nothing is pruned. */
export function keptOf(views: readonly View[], states: readonly ViewState[]): Uint8Array | undefined {
  const i = views.findIndex(({ kind }) => kind === 'mask');
  const kept = i < 0 ? undefined : states[i]?.kept;
  return kept && Uint8Array.from(kept);
}

function masksOf(views: readonly View[]): readonly View[] {
  return views.filter(({ kind }) => kind === 'mask');
}
