/** Quantizers that learn numbers of their own, on WebGPU: eager, captured, and against their twins. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Values } from '../../../experiment/settings/setting';
import { RangeObserver } from '../../../numerics/calibration/calibration';
import { apotClipGradient } from '../../../numerics/quantizers/apot';
import { dorefaGradient, dorefaRoundedGradient } from '../../../numerics/quantizers/dorefa';
import { lsqFactors, lsqGradients } from '../../../numerics/quantizers/lsq';
import { pactGradients, pactRange, pactValues } from '../../../numerics/quantizers/pact';
import { qilGradients } from '../../../numerics/quantizers/qil';
import { ttqCodes, ttqGradients } from '../../../numerics/quantizers/ternary';
import { fillUniform, Purpose } from '../../../numerics/random/rng';
import { clipGradient, clippedValues, signedRange } from '../../../numerics/scales/clipped-codes';
import { scaleGrid } from '../../../numerics/scales/scale-grid';
import { eagerContext } from '../../device/step-context';
import { clippedStep } from '../../kernels/clipped-step';
import type { ClippedStepAttributes } from '../../kernels/shared/attributes';
import { checkParametrizationContract } from '../../testing/parametrization-contract';
import { parametrizationSetup } from '../../testing/parametrization-setup';
import { differences, type TrainingCase, trained } from '../../testing/tiny-training';
import { expectClose, normalTensor, normalValues, onGpu, openTestGpu } from '../../testing/webgpu-test-backend';
import { disposeParametrization, type ParametrizationState, readState } from '../parametrization';
import { quantizerFor } from './registry';

const shape = [12, 10] as const;
const one = (state: ParametrizationState, name: string) => state[name]?.[0] ?? 1;

type Twin = (latent: Float32Array, dy: Float32Array, state: ParametrizationState) => Float32Array;

const weights: readonly (readonly [Values, Twin])[] = [
  [
    { method: 'lsq', bits: 3, granularity: 'channel' },
    (latent, dy, { scale }) => lsqGradients(latent, scale!, scaleGrid(shape, 'channel'), signedRange(3), dy).values,
  ],
  [{ method: 'dorefa', bits: 2, layerScale: 'learned' }, (latent, dy, state) => dorefaGradient(latent, 2, dy, one(state, 'alpha'))],
  [{ method: 'wrpn', bits: 3 }, (latent, dy, state) => clipGradient(latent, one(state, 'range'), -1, dy)],
  [
    { method: 'qil', bits: 3 },
    (latent, dy, state) => {
      const interval = { centre: one(state, 'centre'), distance: one(state, 'distance'), power: one(state, 'power') };
      return qilGradients(latent, interval, 3, one(state, 'alpha'), dy).values;
    },
  ],
  [
    { method: 'ttq' },
    (latent, dy, state) =>
      ttqGradients(ttqCodes(latent, 0.05), { positive: one(state, 'positive'), negative: one(state, 'negative') }, dy).values,
  ],
  [{ method: 'apot', bits: 4 }, (_latent, dy) => dy],
];

for (const [values, gradient] of weights) checkParametrizationContract({ values, gradient, tolerance: 1e-5 });

describe('what is learned', () => {
  beforeAll(openTestGpu);

  test('LSQ’s scales have the twin’s gradients', async () => {
    const latent = normalValues(120, 1);
    const parametrization = quantizerFor(
      'lsq',
      'weights',
    )(parametrizationSetup({ method: 'lsq', bits: 3, granularity: 'channel' }, { shape, latent }));
    const [array] = parametrization.arrays;
    const { scale } = await readState(parametrization);
    const context = eagerContext(1, 0, { elapsed: 0, progress: 0, lr: 0.01 });
    const [found] = await onGpu(() => {
      const f = (...[x]: tf.Tensor[]) => parametrization.apply(x!, context);
      return [tf.grads(f)([normalTensor(shape, 1), array!.variable], normalTensor(shape, 2))[1]!];
    });
    const grid = scaleGrid(shape, 'channel');
    const expected = lsqGradients(latent, scale!, grid, signedRange(3), normalValues(120, 2)).scales;
    const factors = lsqFactors(120, grid, 3);
    expectClose(
      found!,
      expected.map((g, i) => g * factors[i]!),
    );
    disposeParametrization(parametrization);
  });

  test.each([2, 5])('APoT’s clipping threshold has the twin’s gradient, %d bits', async (bits) => {
    const parametrization = quantizerFor(
      'apot',
      'weights',
    )(parametrizationSetup({ method: 'apot', bits }, { shape, latent: normalValues(120, 1) }));
    const { clip } = await readState(parametrization);
    const context = eagerContext(1, 0, { elapsed: 0, progress: 0, lr: 0.01 });
    const [found] = await onGpu(() => {
      const f = (...[x]: tf.Tensor[]) => parametrization.apply(x!, context);
      return [tf.grads(f)([normalTensor(shape, 1), parametrization.arrays[0]!.variable], normalTensor(shape, 2))[1]!];
    });
    expectClose(found!, [apotClipGradient(normalValues(120, 1), bits, clip![0]!, normalValues(120, 2))]);
    disposeParametrization(parametrization);
  });

  test('activations are rounded as on paper', async () => {
    const x = normalValues(120, 3);
    const observed = new RangeObserver();
    observed.add(x);
    const values = parametrizationSetup({ activations: 'lsq', actBits: 3 }).values;
    const parametrization = quantizerFor(
      'lsq',
      'activations',
    )({ values, stage: 0, shape: [10], index: 4096, seed: 1, observed, state: {} });
    const context = eagerContext(1, 0, { elapsed: 0, progress: 0, lr: 0.01 });
    const [found] = await onGpu(() => [parametrization.apply(normalTensor(shape, 3), context)]);
    const { scale } = await readState(parametrization);
    expectClose(found!, clippedValues(x, scale!, scaleGrid(shape, 'tensor'), signedRange(3)));
    disposeParametrization(parametrization);
  });

  test('steps, limits and their gradients over 3,000 rows', async () => {
    const [rows, columns] = [3000, 5];
    const [x, dy] = [normalValues(rows * columns, 5), normalValues(rows * columns, 6)];
    const grid = scaleGrid([rows, columns], 'channel');
    const scales = Float32Array.of(0.3, 0.5, 0.7, 0.9, 1.1);
    const run = (scale: Float32Array, attributes: ClippedStepAttributes) =>
      onGpu(() => {
        const f = (...[a, s]: tf.Tensor[]) => clippedStep(a!, s!, attributes);
        const { value, grads } = tf.valueAndGrads(f)(
          [tf.tensor2d(x, [rows, columns]), tf.tensor1d(scale)],
          tf.tensor2d(dy, [rows, columns]),
        );
        return [tf.clone(value), ...grads];
      });
    const range = signedRange(3);
    const step = await run(scales, { ...range, rule: 'step' });
    const byStep = lsqGradients(x, scales, grid, range, dy);
    expectClose(step[0]!, clippedValues(x, scales, grid, range));
    expectClose(step[1]!, byStep.values);
    expectClose(step[2]!, byStep.scales);
    for (const codes of [pactRange(3, true), pactRange(3, false)]) {
      const limit = await run(Float32Array.of(1.2), { ...codes, rule: 'limit' });
      const byLimit = pactGradients(x, 1.2, codes, dy);
      expectClose(limit[0]!, pactValues(x, 1.2, codes));
      expectClose(limit[1]!, byLimit.values);
      expectClose(limit[2]!, [byLimit.clip]);
      const fixed = await run(Float32Array.of(1.2), { ...codes, rule: 'fixed' });
      expectClose(fixed[1]!, clipGradient(x, 1.2, codes.lowest < 0 ? -1 : 0, dy));
    }
    const [broken] = await onGpu(() => [
      clippedStep(tf.tensor1d([Number.NaN, Number.POSITIVE_INFINITY, 1]), tf.scalar(1), { ...range, rule: 'step' }),
    ]);
    expect([...broken!]).toEqual([Number.NaN, Number.NaN, 1]);
  });

  test('DoReFa’s gradients are rounded as on paper', async () => {
    const quantizer = quantizerFor(
      'dorefa',
      'gradients',
    )({ values: { gradBits: 6 }, stage: 0, shape: [10], index: 4097, seed: 5, state: {} });
    const draws = new Float32Array(120);
    fillUniform(draws, 5, Purpose.noise + 16 * 4097, 9);
    const context = eagerContext(5, 9, { elapsed: 0, progress: 0, lr: 0.01 });
    const [found] = await onGpu(() => [quantizer.apply(normalTensor(shape, 4), context)]);
    expectClose(found!, dorefaRoundedGradient(normalValues(120, 4), 12, 6, draws));
  });

  test.each(['lsq', 'pact', 'wrpn', 'qil'])(
    '50 captured steps are 50 eager ones through %s inputs and DoReFa’s gradients',
    async (activations) => {
      const prepare: TrainingCase['prepare'] = (network) => {
        for (const [i, place] of network.linearLayers.entries()) {
          const observed = new RangeObserver();
          observed.add(normalValues(200, i).map((x) => (i === 0 ? x : Math.abs(x))));
          const values = parametrizationSetup({ activations, actBits: 3, gradients: 'dorefa', gradBits: 6 }).values;
          const { shape, index } = place;
          place.input = quantizerFor(activations, 'activations')({ values, stage: 0, shape, index, seed: 1, observed, state: {} });
          place.gradient = quantizerFor('dorefa', 'gradients')({ values, stage: 0, shape, index, seed: 1, state: {} });
        }
      };
      const training = { prepare, values: { optimizer: 'adam', lr: 0.01 } };
      const captured = await trained('captured', training, 50);
      expect(differences(captured, await trained('eager', training, 50))).toEqual([]);
      expect(captured.loss.at(-1)!).toBeLessThan(captured.loss[0]!);
    },
  );
});
