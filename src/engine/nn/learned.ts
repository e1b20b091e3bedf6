import type * as tf from '@tensorflow/tfjs-core';
import type { AnyView } from '../views/view';
import type { Parameter } from './parameter';

/** A variable that the optimizer updates: a parameter's latent values, or an array of a view. */
export interface Learned {
  /** Keys the optimizer's arrays in checkpoints. */
  readonly name: string;
  readonly variable: tf.Variable;
  /** Weight decay is for kernels only. */
  readonly decays: boolean;
  /** Times the learning rate. */
  readonly rate: number;
}

/** The latent values of a parameter, and what its views learn. */
export function learnedOf({ spec, latent, views }: Parameter): readonly Learned[] {
  if (!spec.trainable) return [];
  const rate = views.reduce((product, view) => product * (view.rate ?? 1), 1);
  return [
    { name: spec.name, variable: latent, decays: spec.role === 'kernel', rate },
    ...views.flatMap((view) => learnedArrays(spec.name, view)),
  ];
}

/** What a view learns by gradient. @param place 'fc1/kernel' or 'fc1/input' */
export function learnedArrays(place: string, { arrays }: AnyView): readonly Learned[] {
  return arrays
    .filter(({ rate }) => rate !== 0)
    .map(({ name, variable, rate }) => ({ name: `${place}/${name}`, variable, decays: false, rate }));
}
