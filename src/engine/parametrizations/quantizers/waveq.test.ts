import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { waveq } from '../../../experiment/methods/quantizers/waveq';
import { ramp } from '../../../numerics/quantizers/annealed';
import { sinePenalty, sinePenaltyBitSlope, sinePenaltySlope } from '../../../numerics/quantizers/sine-penalty';
import { firstScales } from '../../../numerics/scales/fitted-scale';
import { eagerContext } from '../../device/step-context';
import { afterStep, expectNear, expectUntouched, latent, make, shape, whole } from '../../testing/annealed-case';
import { on, openTestBackends } from '../../testing/wasm-test-backend';
import { disposeParametrization, type Parametrization, readState } from '../parametrization';
import { waveqParametrization } from './waveq';

beforeAll(openTestBackends);

describe('WaveQ', () => {
  async function penalty(parametrization: Parametrization, progress: number): Promise<Float32Array[]> {
    const context = eagerContext(1, 0, { elapsed: 0, progress, lr: 0.01 });
    const variables = parametrization.arrays.filter(({ rate }) => rate !== 0).map(({ variable }) => variable);
    return on('wasm', () => {
      const x = tf.variable(tf.tensor(latent.slice(), [...shape]));
      const { value, grads } = tf.variableGrads(() => parametrization.penalty!(x, context) as tf.Scalar, [x, ...variables]);
      const found = [value, ...[x, ...variables].map(({ name }) => grads[name]!)];
      x.dispose();
      return found;
    });
  }

  test('training sees the weights; the penalty and its gradient are those of the formula, and ramp up', async () => {
    const parametrization = make(waveqParametrization, waveq, { bits: 3, waveStrength: 0.5, waveStart: 0.2 });
    expectUntouched(parametrization);
    const c = 3 * firstScales(latent, whole, 3, 'fit')[0]!;
    const strength = 0.5 * ramp(0.6, 0.2);
    const [value, gradient] = await penalty(parametrization, 0.6);
    const weights = latent.map((w) => w / c);
    expectNear(value!, [strength * sinePenalty(weights, 2)], 4);
    expectNear(
      gradient!,
      weights.map((w) => (strength * sinePenaltySlope(w, 2)) / c),
      4,
    );
    expect((await penalty(parametrization, 0.1))[0]).toEqual(new Float32Array(1));
    disposeParametrization(parametrization);
  });

  test('the bits have their gradient while they are learned, and are kept after that', async () => {
    const parametrization = make(waveqParametrization, waveq, {
      bits: 3,
      waveStrength: 0.5,
      waveStart: 0,
      learnBits: true,
      bitStrength: 0.25,
    });
    const c = 3 * firstScales(latent, whole, 3, 'fit')[0]!;
    const weights = latent.map((w) => w / c);
    const [, , early] = await penalty(parametrization, 0.4);
    expectNear(early!, [0.5 * 0.4 * sinePenaltyBitSlope(weights, 2) + 0.25], 3);
    expect((await penalty(parametrization, 0.6))[2]).toEqual(new Float32Array(1));
    // β = 1.4 is rounded up to two magnitude bits; once settled it stays.
    const beta = parametrization.arrays.find(({ name }) => name === 'beta')!.variable;
    beta.assign(tf.scalar(1.4));
    await afterStep(parametrization, 0.3, 0.01);
    expect((await readState(parametrization)).magnitude).toEqual(Float32Array.of(2));
    beta.assign(tf.scalar(9));
    await afterStep(parametrization, 0.3, 0.01);
    expect(await readState(parametrization)).toMatchObject({ beta: Float32Array.of(7), magnitude: Float32Array.of(7) });
    beta.assign(tf.scalar(1));
    await afterStep(parametrization, 0.5, 0.01);
    expect((await readState(parametrization)).magnitude).toEqual(Float32Array.of(7));
    expect(parametrization.materialize(latent, await readState(parametrization))).toMatchObject({ bits: 8 });
    disposeParametrization(parametrization);
  });
});
