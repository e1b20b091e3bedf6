import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { nestedPenalties, nestedPenalty } from '../../../numerics/quantizers/nested-penalty';
import { nestedScaleGradient, nestedValues } from '../../../numerics/quantizers/nested-scale';
import { scaleGrid } from '../../../numerics/scales/scale-grid';
import { notTraining } from '../../device/step-context';
import { checkParametrizationContract } from '../../testing/parametrization-contract';
import { parametrizationSetup } from '../../testing/parametrization-setup';
import { expectClose, normalValues, onGpu, openTestGpu } from '../../testing/webgpu-test-backend';
import { delayed } from '../delayed';
import { disposeParametrization } from '../parametrization';
import { thesisGranularity, thesisParametrization } from './thesis';

for (const [learnedBy, thesisAxis] of [
  ['threshold', 'row'],
  ['true-deviation', 'column'],
] as const)
  checkParametrizationContract({
    name: `Learned scale by ${learnedBy}`,
    factory: thesisParametrization,
    // A first scale that training still moves.
    values: { method: 'thesis', learnedBy, thesisAxis, lambda: 1e-3, gamma: 1e-4, firstScale: 0.01 },
    gradient: (_latent, dy) => dy,
  });

checkParametrizationContract({
  name: 'Learned scale by threshold, from step 20 on',
  factory: (setup) => delayed(thesisParametrization(setup), 20),
  values: { method: 'thesis', learnedBy: 'threshold', thesisAxis: 'row', lambda: 1e-3, firstScale: 0.01, delay: 20 },
  gradient: (_latent, dy) => dy,
});

describe('on the GPU', () => {
  beforeAll(openTestGpu);
  const cases = [
    [[120, 10], 'row'],
    [[120, 10], 'column'],
    [[3, 2, 4, 50], 'channel'],
    [[3, 2, 4, 50], 'row'],
    [[1200], 'scalar'],
  ] as const;

  for (const [shape, thesisAxis] of cases)
    test(`[${shape}] by ${thesisAxis}: values, votes and penalties are the twin’s`, async () => {
      const granularity = thesisGranularity(thesisAxis, shape);
      const grid = scaleGrid(shape, granularity);
      const latent = normalValues(1200, 1).map((v, i) => (i % 7 === 0 ? 0 : v));
      const dy = normalValues(1200, 2).map((v, i) => (i % 3 === 0 ? 0 : v * 10 ** -(i % 11)));
      const scales = Float32Array.from({ length: grid.scales }, (_, i) => 0.013 * (1 + (i % 5)));
      const nested = { grid, scales, rounding: 'floor' } as const;
      for (const [lambda, allVote] of [
        [1e-10, false],
        [1e-3, false],
        [1e-10, true],
      ] as const) {
        const [values, byLatent, byScale] = await onGpu(() => {
          const parametrization = thesisParametrization(
            parametrizationSetup({ method: 'thesis', thesisAxis, lambda, allVote }, { shape, state: { scale: scales } }),
          );
          const { variable: scale } = parametrization.arrays[0]!;
          const x = tf.variable(tf.tensor(latent.slice(), [...shape]));
          const loss = () => tf.sum(tf.mul(parametrization.apply(x, notTraining), tf.tensor(dy.slice(), [...shape]))) as tf.Scalar;
          const { grads } = tf.variableGrads(loss, [x, scale]);
          const found = [parametrization.apply(x, notTraining), grads[x.name]!, grads[scale.name]!];
          x.dispose();
          disposeParametrization(parametrization);
          return found;
        });
        expectClose(values!, nestedValues(latent, nested), 1e-6, 'values');
        expectClose(byLatent!, dy, 1e-7, 'gradient');
        const expected = nestedScaleGradient(latent, dy, nested, { lambda, fallback: true, allVote });
        expect(Math.max(...expected.map(Math.abs))).toBeGreaterThan(lambda);
        // Votes are as small as λ: relative errors.
        expectClose(
          byScale!.map((g, i) => g / expected[i]!),
          expected.map(() => 1),
          1e-5,
          'votes',
        );
      }
      for (const learnedBy of nestedPenalties) {
        const expected = nestedPenalty(learnedBy, latent, nested);
        const [value, byLatent, byScale] = await onGpu(() => {
          const values = { method: 'thesis', learnedBy, thesisAxis, gamma: 1 };
          const parametrization = thesisParametrization(parametrizationSetup(values, { shape, state: { scale: scales } }));
          const { variable: scale } = parametrization.arrays[0]!;
          const x = tf.variable(tf.tensor(latent.slice(), [...shape]));
          const both = () => tf.add(tf.sum(parametrization.apply(x, notTraining)), parametrization.penalty!(x, notTraining)) as tf.Scalar;
          const { grads } = tf.variableGrads(both, [x, scale]);
          const found = [parametrization.penalty!(x, notTraining), tf.sub(grads[x.name]!, 1), grads[scale.name]!];
          x.dispose();
          disposeParametrization(parametrization);
          return found;
        });
        expectClose(value!, [expected.value], 1e-5, `${learnedBy}, value`);
        expectClose(byLatent!, expected.latent, 1e-5, `${learnedBy}, weights`);
        expectClose(byScale!, expected.scales, 1e-5, `${learnedBy}, scales`);
      }
    });
});
