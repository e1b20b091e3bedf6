import type * as tf from '@tensorflow/tfjs-core';
import type { RangeObserver } from '../../numerics/calibration/calibration';
import type { StepContext } from '../device/step-context';
import { type Installed, type ParametrizationState, type PlaceSetup, type StateArray, stateArray } from './parametrization';

/** What a linear layer sees instead of its input: the quantized operand. `apply` gets [n, …]. */
export interface ActivationQuantizer extends Installed {
  /** A term of the training loss, []; differentiated with respect to the parametrization's own arrays. */
  penalty?(context: StepContext): tf.Tensor;
  /** Called after the optimizer's update, inside the captured step. Writes with `assign`. */
  afterStep?(context: StepContext): void;
  /** The numbers that the file has to keep for it, a scale for example; empty if it needs none. */
  stored(state: ParametrizationState): Float32Array;
}

/** What a factory knows of the place. */
export interface ActivationSetup extends PlaceSetup {
  /** The layer's inputs over the calibration images; nothing was added when a run is resumed, and `state` has the result. */
  readonly observed: RangeObserver;
}

export type ActivationFactory = (setup: ActivationSetup) => ActivationQuantizer;

/**
 * Whether a layer's inputs may be negative, as the calibration images showed: 1 or 0 in an array, so that a run that continues
 * knows it too.
 */
export function observedSign(
  observed: RangeObserver,
  state: ParametrizationState,
): { readonly signed: boolean; readonly array: StateArray } {
  const seen = Float32Array.of(observed.min < 0 ? 1 : 0);
  return { signed: (state.signed ?? seen)[0] === 1, array: stateArray('signed', seen, [1], 0, state) };
}

/** The largest magnitude observed; 1 if there was none but 0. */
export function observedRange({ min, max }: RangeObserver): number {
  return Math.max(-min, max) || 1;
}
