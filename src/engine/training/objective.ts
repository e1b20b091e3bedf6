import type * as tf from '@tensorflow/tfjs-core';
import type { StepContext } from '../device/step-context';
import type { Learned } from '../network/parameter';

/** What a step is given: images [n, pixels] and their labels [n], or whatever else the objective's batches hold. */
export interface Batch {
  readonly images: tf.Tensor;
  readonly labels: tf.Tensor1D;
}

export interface ObjectiveValue {
  /** What is reported of the step, []. */
  readonly loss: tf.Tensor;
  /** How many of the batch were right, []. */
  readonly correct: tf.Tensor;
  /** What is minimized, []: the loss with its penalties. */
  readonly minimized: tf.Scalar;
}

/** A loss and the variables that it updates: labels over the weights, a teacher over the weights, statistics over images. */
export interface Objective {
  /** What the optimizer updates. */
  readonly learned: readonly Learned[];
  /** Its variables that are not the network's, by name: part of a checkpoint inside the stage, and given back to the stage as slots. */
  readonly own?: Readonly<Record<string, tf.Variable>>;
  /** Every variable that a step reads or writes. */
  readonly variables: readonly tf.Variable[];
  /** Called inside the step, which may be traced: see docs/captured-steps.md. */
  value(batch: Batch, context: StepContext): ObjectiveValue;
  /** What the optimizer is given in place of the gradients, by variable name; called inside the step. */
  gradients?(found: tf.NamedTensorMap): tf.NamedTensorMap;
  /** Called after the optimizer's update, inside the step. */
  afterStep(context: StepContext): void;
}
