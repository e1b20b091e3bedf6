/** What parametrizations may do besides rounding, in captured steps: learn, anneal, draw, penalize, write after the step, wait. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { fillUniform, Purpose } from '../../numerics/random/rng';
import { readTensor } from '../device/gpu-program';
import { eagerContext } from '../device/step-context';
import { randomUniform } from '../kernels/random-uniform';
import { assign } from '../kernels/shared/assign';
import { differences, type TrainingCase, trained } from '../testing/tiny-training';
import { expectEqual, normalTensor, normalValues, onGpu, openTestGpu } from '../testing/webgpu-test-backend';
import type { ActivationQuantizer } from './activation-quantizer';
import { delayed } from './delayed';
import type { Parametrization, ParametrizationFactory } from './parametrization';
import { stateArray } from './parametrization';

beforeAll(openTestGpu);

const context = eagerContext(7, 3, { elapsed: 3, progress: 0.25, lr: 0.5 });

test('random numbers are those of numerics/random/rng', async () => {
  const purpose = Purpose.noise + 16 * 5;
  const [found] = await onGpu(() => [randomUniform([6, 50], { seed: 9, purpose }, context)]);
  const expected = new Float32Array(300);
  fillUniform(expected, 9, purpose, 3);
  expectEqual(found!, expected);
});

test('assign writes into the variable, and refuses another shape', async () => {
  const variable = tf.variable(tf.zeros([40, 5]));
  const { dataId } = variable;
  tf.tidy(() => assign(variable, tf.mul(normalTensor([40, 5], 2), 1)));
  expect(variable.dataId).toBe(dataId);
  expectEqual(await readTensor(variable), normalValues(200, 2));
  expect(() => tf.tidy(() => assign(variable, tf.zeros([5, 40])))).toThrow('Values of shape [5,40] cannot be assigned');
  variable.dispose();
});

const plain: Omit<Parametrization, 'apply'> = {
  kind: 'quantizer',
  stage: 0,
  arrays: [],
  materialize: (values) => ({ kind: 'float32', values }),
};

const powers: Readonly<Record<string, ParametrizationFactory<never>>> = {
  'learns a scale at half the rate': ({ state }): Parametrization => {
    const scale = stateArray('scale', Float32Array.of(1), [], 0.5, state);
    return { ...plain, arrays: [scale], apply: (latent) => tf.mul(latent, scale.variable) };
  },
  'slows the weights down': (): Parametrization => ({ ...plain, rate: 0.1, apply: (latent) => tf.mul(latent, 1) }),
  'anneals with the progress': (): Parametrization => ({
    ...plain,
    apply: (latent, { scalar }) => tf.mul(latent, tf.add(scalar('progress'), 1)),
  }),
  'adds noise': ({ seed }): Parametrization => ({
    ...plain,
    apply: (latent, step) => tf.add(latent, tf.mul(randomUniform(latent.shape, { seed, purpose: Purpose.noise }, step), 0.1)),
  }),
  'penalizes large weights more and more': (): Parametrization => ({
    ...plain,
    apply: (latent) => tf.mul(latent, 1),
    penalty: (latent, { scalar }) => tf.mul(tf.sum(tf.square(latent)), tf.mul(scalar('elapsed'), 0.01)),
  }),
  'clips after the step, by the rate': (): Parametrization => ({
    ...plain,
    apply: (latent) => tf.mul(latent, 1),
    afterStep: (latent, { scalar }) => assign(latent, tf.minimum(latent, tf.mul(scalar('lr'), 10))),
  }),
  'penalizes after 20 steps': (): Parametrization =>
    delayed({ ...plain, apply: (latent) => tf.mul(latent, 1), penalty: (latent) => tf.mul(tf.sum(tf.square(latent)), 0.1) }, 20),
  'waits 20 steps': (): Parametrization => delayed({ ...plain, apply: (latent) => tf.mul(latent, 0.5) }, 20),
};

/** Keeps a moving average of what it sees, by which it divides, and rounds the gradient at random. */
function inputs(): TrainingCase['prepare'] {
  return (network) => {
    for (const place of network.linearLayers) {
      const mean = stateArray('mean', Float32Array.of(1), [], 0, {});
      const parametrization: ActivationQuantizer = {
        stage: 0,
        arrays: [mean],
        stored: () => new Float32Array(),
        apply(x, { training }) {
          const next = tf.add(tf.mul(mean.variable, 0.9), tf.mul(tf.mean(tf.abs(x)), 0.1));
          if (training) assign(mean.variable, next);
          return tf.div(x, next);
        },
      };
      place.input = parametrization;
      place.gradient = {
        stage: 0,
        arrays: [],
        apply: (dy, step) => tf.mul(dy, tf.add(randomUniform(dy.shape, { seed: 1, purpose: place.index }, step), 0.5)),
      };
    }
  };
}

describe('50 captured steps are 50 eager ones where a parametrization', () => {
  const values = { optimizer: 'adam', lr: 0.01, weightDecay: 1e-4, steps: 50 };

  test('does nothing of note: the reference', async () => {
    const reference = await trained('captured', { values }, 50);
    expect(differences(reference, await trained('eager', { values }, 50))).toEqual([]);
  });

  for (const [name, factory] of Object.entries(powers))
    test(name, async () => {
      const parametrization = factory as NonNullable<TrainingCase['parametrization']>;
      const captured = await trained('captured', { values, parametrization }, 50);
      expect(differences(captured, await trained('eager', { values, parametrization }, 50))).toEqual([]);
      // The parametrization did something.
      expect(differences(captured, await trained('captured', { values }, 50)).length).toBeGreaterThan(3);
    });

  test('is over the inputs, and gradients are rounded', async () => {
    const prepare = inputs();
    const captured = await trained('captured', { values, prepare }, 50);
    expect(differences(captured, await trained('eager', { values, prepare }, 50))).toEqual([]);
    expect(Object.keys(captured.arrays)).toEqual(['parametrization 0 mean', 'parametrization 1 mean']);
    expect(captured.arrays['parametrization 0 mean']![0]).not.toBe(1);
  });
});
