import * as tf from '@tensorflow/tfjs-core';
import { type Hyper, slotCount, type UpdateMethod, type UpdateValues } from '../device/step-table';
import { composedUpdate, updateArrays } from './cpu/update';
import { setArrayKernel } from './shared/arrays';
import { hasKernel, KernelName, runKernel } from './shared/dispatch';

/** One parameter in an optimizer step. */
export interface Update {
  readonly parameter: tf.Variable;
  readonly gradient: tf.Tensor;
  readonly slots: readonly tf.Variable[];
  /** Whether weight decay applies to it. */
  readonly decays: boolean;
  /** Times the learning rate. */
  readonly rate: number;
}

/**
 * One optimizer step: gives parameters and slots their new values.
 *
 * Kernels may write into the variables' own memory (WebGPU, several parameters in one launch) or give new tensors
 * [parameter, ...slots], which are assigned. On wasm and cpu they are new: tfjs lets reshaped and cloned tensors share memory,
 * a tensor made from a typed array on cpu is that array, and on wasm a matrix product keeps a packed copy of its weights until
 * their data id dies, so that writing in place would leave the next product with the old weights.
 * @throws RangeError if the number of slots or a shape does not fit
 */
export function applyUpdates(method: UpdateMethod, updates: readonly Update[], hyper: Hyper): void {
  for (const update of updates) check(method, update);
  const values = complete(hyper);
  if (hasKernel(KernelName.applyUpdates)) {
    const inputs = Object.fromEntries(
      updates.flatMap((update, i) => Object.entries(named(update)).map(([name, tensor]) => [name + i, tensor])),
    );
    const decays = updates.map((update) => update.decays && values.weightDecay !== 0);
    const rates = updates.map((update) => update.rate);
    runKernel(KernelName.applyUpdates, inputs, { method, ...values, decays, rates });
  } else {
    for (const update of updates) applyOne(method, update, valuesFor(update, values));
  }
}

/** `applyUpdates` for one parameter, which decays if hyper.weightDecay is not 0. */
export function applyUpdate(
  method: UpdateMethod,
  parameter: tf.Variable,
  gradient: tf.Tensor,
  slots: readonly tf.Variable[],
  hyper: Hyper,
): void {
  applyUpdates(method, [{ parameter, gradient, slots, decays: true, rate: 1 }], hyper);
}

function valuesFor({ decays, rate }: Update, values: UpdateValues): UpdateValues {
  return { ...values, lr: values.lr * rate, weightDecay: decays ? values.weightDecay : 0 };
}

function check(method: UpdateMethod, { parameter, gradient, slots }: Update): void {
  if (slots.length !== slotCount[method]) throw new RangeError(`${method} keeps ${slotCount[method]} slots, not ${slots.length}.`);
  for (const { shape } of [gradient, ...slots])
    if (!tf.util.arraysEqual(shape, parameter.shape))
      throw new RangeError(`A gradient or slot of shape [${shape}] does not fit a parameter of shape [${parameter.shape}].`);
}

function applyOne(method: UpdateMethod, update: Update, values: UpdateValues): void {
  const { parameter, gradient, slots } = update;
  tf.tidy(() => {
    const updated = hasKernel(KernelName.applyUpdate)
      ? runKernel(KernelName.applyUpdate, named(update), { method, ...values })
      : composedUpdate(method, parameter, gradient, slots, values);
    const variables = [parameter, ...slots];
    for (const [i, value] of updated.entries()) variables[i]!.assign(value);
  });
}

function named({ parameter, gradient, slots }: Update): Record<string, tf.Tensor> {
  return { parameter, gradient, ...Object.fromEntries(slots.map((slot, i) => [`slot${i}`, slot])) };
}

function complete({ lr, momentum = 0.9, beta1 = 0.9, beta2 = 0.999, decay = 0.9, epsilon = 1e-7, weightDecay, step }: Hyper): UpdateValues {
  return { lr, momentum, beta1, beta2, decay, epsilon, weightDecay, step };
}

setArrayKernel(KernelName.applyUpdate, updateArrays);
