import type * as tf from '@tensorflow/tfjs-core';
import type { ParameterSpec } from '../../experiment/operators/operator';
import type { Installed, Parametrization } from '../parametrizations/parametrization';

/** One array of the network with the parametrizations over it. */
export interface Parameter {
  readonly spec: ParameterSpec;
  readonly latent: tf.Variable;
  readonly parametrizations: Parametrization[];
}

/** A variable that the optimizer updates: a parameter's latent values, or an array of a parametrization. */
export interface Learned {
  /** Keys the optimizer's arrays in checkpoints. */
  readonly name: string;
  readonly variable: tf.Variable;
  /** Weight decay is for weights only. */
  readonly decays: boolean;
  /** Times the learning rate. */
  readonly rate: number;
}

/** The latent values of a parameter, and what its parametrizations learn. */
export function learnedOf({ spec, latent, parametrizations }: Parameter): readonly Learned[] {
  if (!spec.trainable) return [];
  const rate = parametrizations.reduce((product, parametrization) => product * (parametrization.rate ?? 1), 1);
  return [
    { name: spec.name, variable: latent, decays: spec.role === 'weights', rate },
    ...parametrizations.flatMap((parametrization) => learnedArrays(spec.name, parametrization)),
  ];
}

/** What a parametrization learns by gradient. @param place 'fc1/kernel' or 'fc1/input' */
export function learnedArrays(place: string, { arrays }: Installed): readonly Learned[] {
  return arrays
    .filter(({ rate }) => rate !== 0)
    .map(({ name, variable, rate }) => ({ name: `${place}/${name}`, variable, decays: false, rate }));
}

/** Whether both are there and have the same dimensions. */
export function sameShape(a: readonly number[] | undefined, b: readonly number[] | undefined): boolean {
  return a !== undefined && b !== undefined && a.length === b.length && a.every((n, i) => n === b[i]);
}
