import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Values } from '../../../experiment/settings/setting';
import { RangeObserver } from '../../../numerics/calibration/calibration';
import { signActivationGradient, signActivation as signTwin, xnorGradient } from '../../../numerics/quantizers/binary';
import { decodeLevels, levelCodes, midpoints } from '../../../numerics/quantizers/levels';
import { basisCodes, decodeBasis, movedBasis } from '../../../numerics/quantizers/lq-nets';
import { type Granularity, scaleGrid } from '../../../numerics/scales/scale-grid';
import { squaredHinge as hingeTwin } from '../../../numerics/training/loss';
import { eagerContext } from '../../device/step-context';
import { squaredHinge } from '../../kernels/loss';
import { nearestLevel } from '../../kernels/nearest-level';
import { checkParametrizationContract } from '../../testing/parametrization-contract';
import { parametrizationSetup } from '../../testing/parametrization-setup';
import { expectClose, expectEqual, normalTensor, normalValues, onGpu, openTestGpu } from '../../testing/webgpu-test-backend';
import { disposeParametrization, readState } from '../parametrization';
import { signActivation } from './binary';
import { lqNetsActivation } from './lq-nets';
import { powerOfTwoParametrization } from './power-of-two';

type Twin = (latent: Float32Array, dy: Float32Array) => Float32Array;

const straight: Twin = (_latent, dy) => dy;

/** With the gradient that each passes to the latent weights. */
const weights: readonly (readonly [Values, Twin])[] = [
  [{ method: 'binary-connect', binarize: 'stochastic' }, straight],
  [{ method: 'bwn' }, (latent, dy) => xnorGradient(latent, dy, scaleGrid([12, 10], 'channel'))],
  [{ method: 'twn' }, straight],
  [{ method: 'lq-nets', bits: 2 }, straight],
  [{ method: 'codebook', bits: 3 }, straight],
  [{ method: 'power-of-two', bits: 3 }, straight],
  // The latent weights stay; the values of the clusters are trained.
  [{ method: 'share', bits: 2 }, (latent) => new Float32Array(latent.length)],
];

for (const [values, gradient] of weights) checkParametrizationContract({ values, gradient });

describe('on the GPU', () => {
  beforeAll(openTestGpu);

  test.each(['tensor', 'channel', { channels: 4 }, { inputs: 8 }] satisfies Granularity[])(
    'nearest levels by %o are the twin’s',
    async (granularity) => {
      const grid = scaleGrid([30, 10], granularity);
      const levels = Float32Array.from(
        Array.from({ length: grid.scales }).flatMap((_, codebook) => [-1.5, -0.2, 0.1 + codebook / 50, 0.9, 1.1]),
      );
      const x = normalValues(300, 3);
      const [values] = await onGpu(() => {
        const tensors = { levels: tf.tensor1d(levels), thresholds: tf.tensor1d(midpoints(levels, 5)), grid, size: 5 };
        return [nearestLevel(tf.tensor(x, [30, 10]), tensors)];
      });
      expectEqual(values!, decodeLevels(levelCodes(x, midpoints(levels, 5), 5, grid), levels, 5, grid));
    },
  );

  test('a weight that is not a number stays so', async () => {
    const [seen] = await onGpu(() => {
      const parametrization = powerOfTwoParametrization(parametrizationSetup({ method: 'power-of-two' }, { shape: [4] }));
      return [parametrization.apply(tf.tensor1d([Number.NaN, 1, -0.5, 0]), eagerContext(1, 0, { elapsed: 0, progress: 0, lr: 0 }))];
    });
    expect(seen![0]).toBeNaN();
  });

  test('sign activations and their gradient', async () => {
    const setup = { values: {}, stage: 0, shape: [15], index: 0, seed: 1, observed: new RangeObserver(), state: {} };
    const context = eagerContext(1, 0, { elapsed: 0, progress: 0, lr: 0 });
    const parametrization = signActivation(setup);
    const [y, dx] = await onGpu(() => [
      parametrization.apply(normalTensor([8, 15], 1), context),
      tf.grad((x: tf.Tensor) => parametrization.apply(x, context))(normalTensor([8, 15], 1), normalTensor([8, 15], 2)),
    ]);
    expectClose(y!, signTwin(normalValues(120, 1), 8), 1e-6);
    expectClose(dx!, signActivationGradient(normalValues(120, 1), 8, normalValues(120, 2)), 1e-6);
  });

  test('LQ-Nets activations: subset sums, a gradient below the largest, a basis that moves', async () => {
    const setup = { values: { actBits: 3 }, stage: 0, shape: [15], index: 0, seed: 1, observed: new RangeObserver(), state: {} };
    const parametrization = lqNetsActivation(setup);
    const x = normalValues(120, 1).map(Math.abs);
    const before = (await readState(parametrization)).basis!;
    const context = eagerContext(1, 0, { elapsed: 0, progress: 0, lr: 0 });
    const [dx] = await onGpu(() => [tf.grad((v: tf.Tensor) => parametrization.apply(v, context))(tf.tensor(x, [8, 15]), tf.ones([8, 15]))]);
    const grid = scaleGrid([8, 15], 'tensor');
    const top = before.reduce((a, b) => a + b, 0);
    expectEqual(
      dx!,
      x.map((v) => (v <= top ? 1 : 0)),
    );
    const moved = (await readState(parametrization)).basis!;
    expectClose(moved, movedBasis(x, before, 3, grid, 0), 1e-5);
    const [y] = await onGpu(() => [parametrization.apply(tf.tensor(x, [8, 15]), { ...context, training: false })]);
    expectClose(y!, decodeBasis(basisCodes(x, moved, 3, grid, 0), moved, 3, grid, 0), 1e-6);
    expect(parametrization.stored(await readState(parametrization))).toEqual(moved);
    disposeParametrization(parametrization);
  });

  test('squared hinge: loss, right answers and gradient; a NaN is not lost', async () => {
    const labels = [3, 0, 9, 9, 1, 5, 2, 8];
    const [loss, correct, gradient, bad] = await onGpu(() => {
      const of = (x: tf.Tensor) => squaredHinge(x as tf.Tensor2D, tf.tensor1d(labels, 'int32'));
      const y = normalTensor([8, 10], 4);
      const nan = squaredHinge(tf.tensor2d([Number.NaN, 1], [1, 2]), tf.tensor1d([0], 'int32')).loss;
      return [of(y).loss, of(y).correct, tf.grad((x: tf.Tensor) => of(x).loss)(y), nan];
    });
    const expected = hingeTwin(normalValues(80, 4), labels, 10);
    expect(loss![0]).toBeCloseTo(expected.loss, 5);
    expect(correct![0]).toBe(expected.correct);
    expectClose(gradient!, expected.gradient, 1e-6);
    expect(bad![0]).toBeNaN();
  });
});
