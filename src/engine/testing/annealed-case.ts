/** For tests: one kernel of 6 inputs and 5 outputs under the parametrizations that are annealed while they train. */
import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import { defaultBlock } from '../../experiment/settings/block';
import type { Method, Values } from '../../experiment/settings/setting';
import { fillNormal } from '../../numerics/random/rng';
import { scaleGrid } from '../../numerics/scales/scale-grid';
import { eagerContext } from '../device/step-context';
import type { Parametrization, ParametrizationFactory } from '../parametrizations/parametrization';
import { parametrizationSetup } from './parametrization-setup';
import { on } from './wasm-test-backend';

export const shape = [6, 5] as const;
export const latent = new Float32Array(30);
fillNormal(latent, 8, 1, 0);
// Beyond the range of most grids.
latent[4] = 5;
export const dy = Float32Array.from(latent, (_, i) => Math.cos(i));
export const whole = scaleGrid(shape, 'tensor');

/** @param stage values of the stage that are no values of the method */
export function make(
  factory: ParametrizationFactory<Values>,
  table: Method,
  values: Values,
  latentValues = latent,
  stage: Values = {},
): Parametrization {
  const setup = parametrizationSetup({}, { shape, latent: latentValues });
  return factory({ ...setup, values: { biases: 'float', ...stage, ...defaultBlock(table.settings, values) } });
}

/** The parametrization's values in a training step at this progress, and the gradient that `dy` gives the latent values. */
export async function inTraining(
  parametrization: Parametrization,
  progress: number,
  step = 3,
): Promise<readonly [Float32Array, Float32Array]> {
  const context = eagerContext(1, step, { elapsed: 0, progress, lr: 0.01 });
  const [seen, gradient] = await on('wasm', () => {
    const x = tf.tensor(latent.slice(), [...shape]);
    const { value, grad } = tf.valueAndGrad((values: tf.Tensor) => parametrization.apply(values, context))(
      x,
      tf.tensor(dy.slice(), [...shape]),
    );
    return [tf.clone(value), grad];
  });
  return [seen!, gradient!];
}

export function expectUntouched(parametrization: Parametrization): void {
  tf.tidy(() => {
    const x = tf.tensor(latent.slice(), [...shape]);
    expect(parametrization.apply(x, eagerContext(1, 0, { elapsed: 0, progress: 0.5, lr: 0.01 }))).toBe(x);
  });
}

/** The latent values after `afterStep`. */
export async function afterStep(parametrization: Parametrization, progress: number, lr: number, elapsed = 0): Promise<Float32Array> {
  await tf.setBackend('wasm');
  const variable = tf.variable(tf.tensor(latent.slice(), [...shape]));
  tf.tidy(() => parametrization.afterStep?.(variable, eagerContext(1, elapsed, { elapsed, progress, lr })));
  const values = Float32Array.from(await variable.data());
  variable.dispose();
  return values;
}

export function expectNear(found: ArrayLike<number>, expected: ArrayLike<number>, digits = 5): void {
  expect(found.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) expect(found[i]).toBeCloseTo(expected[i]!, digits);
}
