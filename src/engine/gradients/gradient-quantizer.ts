import * as tf from '@tensorflow/tfjs-core';
import type { Values } from '../../experiment/parameter';
import type { StepContext } from '../device/step-context';

/** Rounds the gradient dy [n, …] of a product layer's output before it goes on to weights, bias and input. Called inside captured steps. */
export type GradientQuantizer = (dy: tf.Tensor, context: StepContext) => tf.Tensor;

export interface GradientSetup<Settings = Values> {
  readonly values: Settings;
  /** Keys random streams. */
  readonly index: number;
  readonly seed: number;
}

export type GradientFactory<Settings = Values> = (setup: GradientSetup<Settings>) => GradientQuantizer;

/** y itself, whose gradient is rounded on its way back. */
export function quantizeGradient(y: tf.Tensor, quantizer: GradientQuantizer, context: StepContext): tf.Tensor {
  const identity = tf.customGrad((x) => ({
    value: tf.clone(x as tf.Tensor),
    gradFunc: (dy: tf.Tensor) => quantizer(dy, context),
  }));
  return identity(y);
}
