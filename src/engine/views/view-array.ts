import * as tf from '@tensorflow/tfjs-core';
import { readTensor } from '../device/gpu-program';
import type { AnyView, ViewArray, ViewState } from './view';

/**
 * An array of a view, with the values to go on with if there are any.
 * @param rate times the stage's learning rate; 0 if the optimizer shall leave it alone
 */
export function viewArray(name: string, fresh: Float32Array, shape: readonly number[], rate: number, state: ViewState): ViewArray {
  const values = state[name] ?? fresh;
  return { name, rate, variable: tf.tidy(() => tf.variable(tf.tensor(values.slice(), [...shape]), rate !== 0)) };
}

/** The values of a view's arrays, read back. */
export async function readState({ arrays }: AnyView): Promise<ViewState> {
  const entries = await Promise.all(arrays.map(async ({ name, variable }) => [name, await readTensor(variable)] as const));
  return Object.fromEntries(entries);
}

/** The same for several views, in their order. */
export function readStates(views: readonly AnyView[]): Promise<ViewState[]> {
  return Promise.all(views.map(readState));
}
