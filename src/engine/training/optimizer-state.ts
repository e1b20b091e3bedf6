import * as tf from '@tensorflow/tfjs-core';
import type { TrainStage } from '../../experiment/types/experiment';
import { learningRate } from '../../numerics/training/schedule';
import { readTensor } from '../device/gpu-program';
import type { UpdateValues } from '../device/step-table';
import type { Update } from '../kernels/optimizer-update';
import type { Learned } from '../network/parameter';
import type { StepSetup } from './steps';

const slots: Readonly<Record<string, readonly string[]>> = {
  sgd: [],
  momentum: ['velocity'],
  adam: ['moment1', 'moment2'],
  rmsprop: ['meanSquare'],
};

/** Names of the arrays that an optimizer stores for each parameter. @throws RangeError for an unknown optimizer */
export function slotNames(optimizer: string): readonly string[] {
  const names = slots[optimizer];
  if (!names) throw new RangeError(`There is no optimizer called "${optimizer}".`);
  return names;
}

/** An optimizer's arrays, by parameter name. */
export type SlotVariables = ReadonlyMap<string, readonly tf.Variable[]>;

/** The arrays that the stage's optimizer stores, with the values to resume with, else zeros. */
export function makeSlots({ objective, stage, slots }: StepSetup): SlotVariables {
  return new Map(
    objective.learned.map(({ name, variable: { shape } }) => {
      const variables = slotNames(stage.optimizer).map((slot) => {
        const values = slots[`${name}/${slot}`];
        return tf.tidy(() => tf.variable(values ? tf.tensor(values.slice(), shape) : tf.zeros(shape), false));
      });
      return [name, variables];
    }),
  );
}

/** What the optimizer has to do in one step. @param gradients by variable name */
export function updatesOf(learned: readonly Learned[], gradients: tf.NamedTensorMap, slots: SlotVariables): Update[] {
  return learned.flatMap(({ name, variable, decays, rate }) => {
    const gradient = gradients[variable.name];
    return gradient ? [{ parameter: variable, gradient, slots: slots.get(name) ?? [], decays, rate }] : [];
  });
}

/** The arrays' values, by `parameter/slot`. */
export async function readSlots(slots: SlotVariables, optimizer: string): Promise<Readonly<Record<string, Float32Array>>> {
  const found: Record<string, Float32Array> = {};
  for (const [name, variables] of slots) {
    for (const [i, slot] of slotNames(optimizer).entries()) {
      const variable = variables[i];
      if (variable) found[`${name}/${slot}`] = await readTensor(variable);
    }
  }
  return found;
}

const defaults = { momentum: 0.9, beta1: 0.9, beta2: 0.999, decay: 0.9, epsilon: 1e-7 };

/** The optimizer's values at a step (counted from 0) of the stage. */
export function hyperOf(stage: TrainStage, step: number): UpdateValues {
  const own = Object.fromEntries(Object.keys(defaults).flatMap((key) => (key in stage ? [[key, stage[key]]] : [])));
  return { ...defaults, ...own, lr: learningRate(stage as never, step, stage.steps), weightDecay: stage.weightDecay, step: step + 1 };
}
