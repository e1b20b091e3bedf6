import * as tf from '@tensorflow/tfjs-core';
import { assign } from '../kernels/shared/assign';
import type { Parametrization, ParametrizationState } from './parametrization';
import { stateArray } from './parametrization';

/** Values where a mask is 1, else 0. */
export function masked(values: Float32Array, kept: ArrayLike<number>): Float32Array {
  return values.map((value, i) => (kept[i] ? value : 0));
}

/**
 * Keeps the weights where `kept` is 1, and sets the others to 0. The gradient of the others is 0; what momentum or a quantizer's own
 * steps would make of them is undone after each step. The twin is `masked`.
 */
export function maskParametrization(
  stage: number,
  shape: readonly number[],
  fresh: Uint8Array | undefined,
  state: ParametrizationState,
  method: string,
): Parametrization {
  const ones = () => new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(1);
  const kept = stateArray('kept', fresh ? Float32Array.from(fresh) : (state.kept ?? ones()), shape, 0, {});
  return {
    kind: 'mask',
    stage,
    origin: { method, settings: {}, share: 1 },
    arrays: [kept],
    apply: (values) => tf.mul(values, kept.variable),
    afterStep: (latent) => assign(latent, tf.mul(latent, kept.variable)),
    materialize: (below, { kept: mask = ones() }) => ({ kind: 'float32', values: masked(below, mask) }),
  };
}
