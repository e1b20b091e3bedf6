import * as tf from '@tensorflow/tfjs-core';
import type { StepContext } from '../device/step-context';
import type { UpdateMethod, UpdateValues } from '../device/step-table';
import { applyUpdates } from '../kernels/optimizer-update';
import type { Batch, Objective, ObjectiveValue } from './objective';
import { type SlotVariables, updatesOf } from './optimizer-state';

/** What does not change from step to step. */
export interface StepParts {
  readonly objective: Objective;
  readonly optimizer: UpdateMethod;
  readonly slots: SlotVariables;
}

/**
 * One training step: the objective's gradients, the optimizer's update, what follows it. The same on every backend, run as it is or
 * traced once and replayed.
 * @param hyper the optimizer's values; a replayed step reads its own
 * @returns two tensors [] that the caller disposes
 */
export function trainingStep(
  { objective, optimizer, slots }: StepParts,
  batch: Batch,
  hyper: UpdateValues,
  context: StepContext,
): Pick<ObjectiveValue, 'loss' | 'correct'> {
  const measured: tf.Tensor[] = [];
  try {
    const { grads } = tf.variableGrads(
      () => {
        const { loss, correct, minimized } = objective.value(batch, context);
        measured.push(tf.keep(loss), tf.keep(correct));
        return minimized;
      },
      objective.learned.map(({ variable }) => variable),
    );
    applyUpdates(optimizer, updatesOf(objective.learned, objective.gradients?.(grads) ?? grads, slots), hyper);
    objective.afterStep(context);
    const [loss, correct] = measured;
    if (!loss || !correct) throw new Error('The step did not count its right answers.');
    return { loss, correct };
  } catch (error) {
    tf.dispose(measured);
    throw error;
  }
}
