import * as tf from '@tensorflow/tfjs-core';
import { decodeEncoding } from '../../numerics/container/encoding';
import { type StorageChoice, storeTensor } from '../../numerics/container/store-tensor';
import type { StoredTensor } from '../../numerics/container/stored-tensor';
import type { StepContext } from '../device/step-context';
import type { Parametrization, ParametrizationState } from './parametrization';

/**
 * The parametrizations over one parameter, bottom to top: a mask, then a quantizer. Each gets what the one below gives. What a mask removes
 * stays 0 whatever lies above: quantizers without a level at 0 would bring it back, as one bit does, or noise.
 */

/** What the layer sees. @param latent the raw parameter  @returns a tensor of the same shape */
export function seenThrough(parametrizations: readonly Parametrization[], latent: tf.Tensor, context: StepContext): tf.Tensor {
  const top = parametrizations.at(-1);
  const seen = parametrizations.reduce<tf.Tensor>((values, parametrization) => parametrization.apply(values, context), latent);
  return masksOf(parametrizations).reduce((values, mask) => (mask === top ? values : mask.apply(values, context)), seen);
}

/** The sum of the parametrizations' terms of the loss, each for what it is given. */
export function penaltyOf(parametrizations: readonly Parametrization[], latent: tf.Tensor, context: StepContext): tf.Tensor | undefined {
  let below = latent;
  let sum: tf.Tensor | undefined;
  for (const parametrization of parametrizations) {
    const own = parametrization.penalty?.(below, context);
    if (own) sum = sum ? tf.add(sum, own) : own;
    if (parametrization !== parametrizations.at(-1)) below = parametrization.apply(below, context);
  }
  return sum;
}

/** What the parametrizations do when the optimizer has updated the latent values: masks before the others, and once more after them. */
export function afterStep(parametrizations: readonly Parametrization[], latent: tf.Variable, context: StepContext): void {
  for (const parametrization of parametrizations) parametrization.afterStep?.(latent, context);
  if (parametrizations.at(-1)?.afterStep && parametrizations.at(-1)?.kind !== 'mask')
    for (const mask of masksOf(parametrizations)) mask.afterStep?.(latent, context);
}

/**
 * What the parametrizations below the one of this kind give: what a quantizer's scales are fitted to.
 * @param states the values of each parametrization's arrays, in the order of the parametrizations
 */
export function valuesBelow(
  parametrizations: readonly Parametrization[],
  kind: Parametrization['kind'],
  latent: Float32Array,
  states: readonly ParametrizationState[],
): Float32Array {
  const shape = [latent.length];
  return parametrizations.reduce((values, parametrization, i) => {
    if (parametrization.kind === kind) return values;
    return parametrization.kind === 'mask' ? decodeEncoding(parametrization.materialize(values, states[i] ?? {}), shape) : values;
  }, latent);
}

/** What the file stores of the parameter: the topmost parametrization's encoding of what the one below gives; zeros of a mask are exactly 0. */
export function stored(
  parametrizations: readonly Parametrization[],
  shape: readonly number[],
  latent: Float32Array,
  states: readonly ParametrizationState[],
  storage?: StorageChoice,
): Pick<StoredTensor, 'encoding' | 'support' | 'coder'> {
  const top = parametrizations.at(-1);
  if (!top) return storeTensor({ kind: 'float32', values: latent }, shape, undefined, storage);
  const below = valuesBelow(parametrizations, top.kind, latent, states);
  const encoding = top.materialize(below, states[parametrizations.length - 1] ?? {});
  return storeTensor(encoding, shape, keptOf(parametrizations, states), storage);
}

/** Which weights are kept, a byte for each; undefined where nothing is pruned. */
export function keptOf(parametrizations: readonly Parametrization[], states: readonly ParametrizationState[]): Uint8Array | undefined {
  const i = parametrizations.findIndex(({ kind }) => kind === 'mask');
  const kept = i < 0 ? undefined : states[i]?.kept;
  return kept && Uint8Array.from(kept);
}

function masksOf(parametrizations: readonly Parametrization[]): readonly Parametrization[] {
  return parametrizations.filter(({ kind }) => kind === 'mask');
}
