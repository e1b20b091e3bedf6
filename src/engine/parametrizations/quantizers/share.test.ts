import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { centroidGradients } from '../../../numerics/quantizers/k-means';
import { fillNormal } from '../../../numerics/random/rng';
import { eagerContext } from '../../device/step-context';
import { clusterSums } from '../../kernels/cluster-sums';
import { parametrizationSetup } from '../../testing/parametrization-setup';
import { tinyDataset } from '../../testing/tiny-dataset';
import { finish, quantize, stage, tinyExperiment, train } from '../../testing/tiny-run';
import { on, openTestBackends } from '../../testing/wasm-test-backend';
import { disposeParametrization, readState } from '../parametrization';
import { shareParametrization } from './share';

beforeAll(openTestBackends);

const context = eagerContext(1, 0, { elapsed: 0, progress: 0, lr: 1 });
const weights = Float32Array.of(2.09, -0.98, 1.48, 0.09, 0.05, -0.14, -1.08, 2.12, -0.91, 1.92, 0.001, -1.03, 1.87, 0.002, 1.53, 1.49);
const gradient = Float32Array.of(-0.03, -0.01, 0.03, 0.02, -0.01, 0.01, -0.02, 0.12, -0.01, 0.02, 0.04, 0.01, -0.07, -0.02, 0.01, -0.02);

describe.each(['wasm', 'cpu'] as const)('on %s', (backend) => {
  test('figure 3 of the paper: summed gradients move the centroids to −0.97, −0.04, 1.48 and 1.96', async () => {
    await tf.setBackend(backend);
    const parametrization = shareParametrization(parametrizationSetup({ method: 'share', bits: 2 }, { shape: [4, 4], latent: weights }));
    const [levels] = parametrization.arrays;
    const [sums] = await on(backend, () => {
      const run = () =>
        tf.sum(tf.mul(parametrization.apply(tf.tensor(weights, [4, 4]), context), tf.tensor(gradient, [4, 4]))) as tf.Scalar;
      return [tf.variableGrads(run, [levels!.variable]).grads[levels!.variable.name]!];
    });
    const before = (await readState(parametrization)).levels!;
    const after = before.map((level, k) => Math.round(100 * (level - sums![k]!)) / 100);
    expect([...after]).toEqual([-0.97, -0.04, 1.48, 1.96].map((v) => expect.closeTo(v, 5)));
    disposeParametrization(parametrization);
  });

  test('sums of clusters are the twin’s', async () => {
    const values = new Float32Array(300);
    fillNormal(values, 1, 1, 1);
    const codes = Int32Array.from(values, (_, i) => (i * 7) % 5);
    const [found] = await on(backend, () => [clusterSums(tf.tensor(values), tf.tensor(Float32Array.from(codes)), 6)]);
    const expected = centroidGradients(values, codes, 6);
    for (const [k, sum] of expected.entries()) expect(found![k]).toBeCloseTo(sum, 5);
    expect(found![5]).toBe(0);
  });
});

test('training moves the shared values, and every layer has at most 2^b of them after every step; pruned weights stay 0', async () => {
  await tf.setBackend('wasm');
  const stages = [train({ steps: 4 }), stage('prune', { amount: 50 }), stage('share', { bits: 2 }), train({ steps: 5 })];
  const { record, models } = await finish(tinyExperiment(stages), tinyDataset());
  expect(record?.codes?.uniqueCodes).toBeLessThanOrEqual(2 * 4);
  const other = await finish(tinyExperiment([...stages.slice(0, 3), train({ steps: 1 })]), tinyDataset());
  expect(models.at(-1)).not.toEqual(other.models.at(-1));
});

test('the stage replaces an earlier quantizer', async () => {
  const { record } = await finish(tinyExperiment([train({ steps: 2 }), quantize(8), stage('share', { bits: 1 })]), tinyDataset());
  expect(record?.ledger.parts.some(({ kind }) => kind === 'codebook')).toBe(true);
  expect(record?.ledger.parts.some(({ kind }) => kind === 'scales')).toBe(false);
});

test('a later stage finds the trained values; a rewind leaves them and says so', async () => {
  const before = [train({ steps: 2 }), stage('share', { bits: 2 }), train({ steps: 6, lr: 0.05 })];
  const { checkpoints } = await finish(tinyExperiment([...before, stage('share', { bits: 8 })]), tinyDataset());
  const { model } = checkpoints.at(-1)!;
  const again = model.parametrizations.find(({ place, method }) => method === 'share' && place.endsWith('kernel'))!;
  // Four values were shared, so that no more than four can be shared again.
  expect(again.state.levels!.length).toBeLessThanOrEqual(4);
  const { events, checkpoints: after } = await finish(tinyExperiment([...before, stage('rewind')]), tinyDataset());
  expect(after.at(-1)!.model.parametrizations.filter(({ method }) => method === 'share')).toEqual([]);
  expect(events.some((event) => event.type === 'warning' && event.message.includes('shared'))).toBe(true);
});
