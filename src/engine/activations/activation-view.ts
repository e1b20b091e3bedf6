import type * as tf from '@tensorflow/tfjs-core';
import type { RangeObserver } from '../../numerics/calibration';
import type { StepContext } from '../device/step-context';
import type { AnyView, PlaceSetup, ViewState } from '../views/view';

/** What a product layer sees instead of its input: the quantized operand. `apply` gets [n, …]. */
export interface ActivationView extends AnyView {
  /** A term of the training loss, []; differentiated with respect to the view's own arrays. */
  penalty?(context: StepContext): tf.Tensor;
  /** Called after the optimizer's update, inside the captured step. Writes with `assign`. */
  afterStep?(context: StepContext): void;
  /** The numbers that the file has to keep for it, a scale for example; empty if it needs none. */
  stored(state: ViewState): Float32Array;
}

/** What a factory knows of the place. */
export interface ActivationSetup extends PlaceSetup {
  /** The layer's inputs over the calibration images; nothing was added when a run is resumed, and `state` has the result. */
  readonly observed: RangeObserver;
}

export type ActivationFactory = (setup: ActivationSetup) => ActivationView;
