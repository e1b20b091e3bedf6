import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { decodeTensor } from '../../../numerics/container/model-file';
import { nestedPenalties, nestedPenalty } from '../../../numerics/quantizers/nested-penalty';
import { LEAST_SCALE } from '../../../numerics/quantizers/nested-scale';
import { fillNormal } from '../../../numerics/random/rng';
import { scaleGrid } from '../../../numerics/scales/scale-grid';
import { eagerContext, notTraining } from '../../device/step-context';
import { KernelName } from '../../kernels/shared/dispatch';
import { parametrizationSetup } from '../../testing/parametrization-setup';
import { on, openTestBackends } from '../../testing/wasm-test-backend';
import { delayed } from '../delayed';
import { disposeParametrization, readState } from '../parametrization';
import { type ThesisValues, thesisGranularity, thesisParametrization } from './thesis';

beforeAll(openTestBackends);

function normalWeights(count: number): Float32Array {
  const latent = new Float32Array(count);
  fillNormal(latent, 1, 1, 3);
  return latent.map((v) => v * 0.05);
}

test('the thesis’s names as axes', () => {
  const names = ['scalar', 'row', 'column', 'channel'] as const;
  expect(names.map((name) => thesisGranularity(name, [784, 128]))).toEqual(['tensor', { axis: 0 }, { axis: 1 }, { axis: 0 }]);
  expect(names.map((name) => thesisGranularity(name, [3, 3, 32, 64]))).toEqual(['tensor', { axis: 0 }, { axis: 1 }, { axis: 2 }]);
});

for (const [role, shape, thesisAxis] of [
  ['weights', [12, 10], 'row'],
  ['weights', [12, 10], 'column'],
  ['weights', [3, 2, 4, 5], 'channel'],
  ['bias', [10], 'row'],
] as const)
  test(`${role} [${shape}] by ${thesisAxis}: what is measured is what the file holds`, async () => {
    const latent = normalWeights(shape.reduce((a, b) => a * b, 1));
    for (const firstScale of [1.1920929e-5, 0.013]) {
      await tf.setBackend('wasm');
      const parametrization = thesisParametrization(
        parametrizationSetup({ method: 'thesis', thesisAxis, firstScale }, { shape, role, latent }),
      );
      expect(parametrization.arrays[0]?.variable.shape).toEqual([role === 'bias' ? 1 : { row: 12, column: 10, channel: 4 }[thesisAxis]]);
      const encoding = parametrization.materialize(latent, await readState(parametrization));
      const stored = decodeTensor({ name: 'w', role: 'weight', shape, encoding });
      const [seen] = await on('wasm', () => [parametrization.apply(tf.tensor(latent.slice(), [...shape]), notTraining)]);
      expect(seen).toEqual(stored);
      disposeParametrization(parametrization);
    }
  });

describe('penalties', () => {
  for (const learnedBy of nestedPenalties)
    for (const [shape, thesisAxis] of [
      [[12, 10], 'row'],
      [[12, 10], 'column'],
      [[3, 2, 4, 5], 'channel'],
      [[12, 10], 'scalar'],
    ] as const)
      test(`${learnedBy} of [${shape}] by ${thesisAxis}: value and gradients are the twin’s, times γ and the tensor’s share`, async () => {
        const latent = normalWeights(120);
        latent[5] = 0;
        const values = { method: 'thesis', learnedBy, gamma: 0.5, thesisAxis, firstScale: 0.013 };
        const granularity = thesisGranularity(thesisAxis, shape);
        const grid = scaleGrid(shape, granularity);
        const scales = Float32Array.from({ length: grid.scales }, (_, i) => 0.011 * (1 + (i % 3)));
        const expected = nestedPenalty(learnedBy, latent, { grid, scales, rounding: 'floor' });
        const compute = () => {
          const parametrization = thesisParametrization(
            parametrizationSetup(values, { shape, latent, share: 0.25, state: { scale: scales } }),
          );
          const x = tf.variable(tf.tensor(latent.slice(), [...shape]));
          const scale = parametrization.arrays[0]!.variable;
          const both = () => tf.add(tf.sum(parametrization.apply(x, notTraining)), parametrization.penalty!(x, notTraining)) as tf.Scalar;
          const { grads } = tf.variableGrads(both, [x, scale]);
          const found = [parametrization.penalty!(x, notTraining), tf.sub(grads[x.name]!, 1), grads[scale.name]!];
          x.dispose();
          disposeParametrization(parametrization);
          return found;
        };
        const check = ([value, byLatent, byScale]: Float32Array[], tolerance: number) => {
          const compare = (found: Float32Array, twin: ArrayLike<number>) => {
            const largest = Math.max(1, ...Array.from(twin, Math.abs));
            found.forEach((v, i) => {
              expect(Math.abs(v - 0.125 * twin[i]!)).toBeLessThan(tolerance * largest);
            });
          };
          compare(value!, [expected.value]);
          compare(byLatent!, expected.latent);
          compare(byScale!, expected.scales);
        };
        check(await on('wasm', compute), 1e-6);
        const config = tf.getKernel(KernelName.nestedPenalty, 'cpu')!;
        tf.unregisterKernel(KernelName.nestedPenalty, 'cpu');
        check(await on('cpu', compute).finally(() => tf.registerKernel(config)), 1e-5);
      });
});

test('only penalties that may push a scale down keep it from falling too far', async () => {
  await tf.setBackend('wasm');
  const make = (learnedBy: ThesisValues['learnedBy']) =>
    thesisParametrization(parametrizationSetup({ method: 'thesis', learnedBy, thesisAxis: 'row' }));
  for (const learnedBy of ['threshold', 'inverse', 'bins'] as const) {
    const parametrization = make(learnedBy);
    expect(parametrization.afterStep).toBeUndefined();
    disposeParametrization(parametrization);
  }
  const parametrization = make('true-deviation');
  const { variable } = parametrization.arrays[0]!;
  tf.tidy(() => variable.assign(tf.fill([12], -1)));
  tf.tidy(() => parametrization.afterStep?.(variable, notTraining));
  expect(await variable.data()).toEqual(new Float32Array(12).fill(LEAST_SCALE));
  disposeParametrization(parametrization);
});

test('a delayed layer begins to vote when it begins to round', async () => {
  await tf.setBackend('wasm');
  const latent = normalWeights(120);
  const parametrization = delayed(
    thesisParametrization(parametrizationSetup({ method: 'thesis', lambda: 0.5, firstScale: 0.013, delay: 3 }, { latent })),
    3,
  );
  const scale = parametrization.arrays[0]!.variable;
  const votes = async (elapsed: number) => {
    const context = eagerContext(1, elapsed, { elapsed, progress: 0, lr: 0.1 });
    const [found] = await on('wasm', () => {
      const x = tf.tensor(latent.slice(), [12, 10]);
      return [tf.variableGrads(() => tf.sum(tf.mul(parametrization.apply(x, context), 1e-3)) as tf.Scalar, [scale]).grads[scale.name]!];
    });
    return found!;
  };
  expect((await votes(2)).map((vote) => vote + 0)).toEqual(new Float32Array(12));
  for (const vote of await votes(3)) expect(vote).toBeLessThan(0);
  disposeParametrization(parametrization);
});
