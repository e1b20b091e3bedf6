import * as tf from '@tensorflow/tfjs-core';
import type { StepContext } from '../device/step-context';
import type { Installed, PlaceSetup } from './parametrization';

/** Rounds the gradient dy [n, …] of a linear layer's output before it continues to weights, bias and input. */
export type GradientQuantizer = Installed;

export type GradientFactory = (setup: PlaceSetup) => GradientQuantizer;

/** y itself, whose gradient is rounded in the backward pass. */
export function quantizeGradient(y: tf.Tensor, quantizer: GradientQuantizer, context: StepContext): tf.Tensor {
  const identity = tf.customGrad((x) => ({
    value: tf.clone(x as tf.Tensor),
    gradFunc: (dy: tf.Tensor) => quantizer.apply(dy, context),
  }));
  return identity(y);
}
