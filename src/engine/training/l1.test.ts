import { beforeAll, describe, expect, test } from 'vitest';
import { softThreshold } from '../../numerics/training/l1';
import { tinyDataset } from '../testing/tiny-dataset';
import { finish, stage, tinyExperiment, train } from '../testing/tiny-run';
import { openTestBackends } from '../testing/wasm-test-backend';

beforeAll(openTestBackends);

const dataset = tinyDataset();
const sgd = { optimizer: 'sgd', lr: 0.1, steps: 1 };

async function weightsAfter(...stages: Parameters<typeof tinyExperiment>[0]): Promise<Float32Array> {
  const { checkpoints } = await finish(tinyExperiment(stages), dataset);
  return checkpoints.at(-1)!.model.parameters['fc1/kernel']!;
}

describe('L1', () => {
  test('the penalty takes lr × λ × sign(w) from what a step without it leaves', async () => {
    const start = await weightsAfter(stage('prune', { amount: 0 }));
    const [without, withIt] = [await weightsAfter(train(sgd)), await weightsAfter(train({ ...sgd, l1: 0.2 }))];
    for (const [i, weight] of withIt.entries()) expect(weight).toBeCloseTo(without[i]! - 0.1 * 0.2 * Math.sign(start[i]!), 5);
  });

  test('the soft threshold is the twin’s, and makes exact zeros; the penalty makes none', async () => {
    const without = await weightsAfter(train(sgd));
    const found = await weightsAfter(train({ ...sgd, l1: 0.5, l1Step: 'proximal' }));
    for (const [i, value] of softThreshold(without, 0.1 * 0.5).entries()) expect(found[i]).toBeCloseTo(value, 5);
    const zeros = (weights: Float32Array) => weights.filter((weight) => weight === 0).length;
    expect(zeros(found)).toBeGreaterThan(0);
    expect(zeros(await weightsAfter(train({ ...sgd, l1: 0.5 })))).toBe(0);
  });

  test('pruned weights stay 0', async () => {
    for (const l1Step of ['penalty', 'proximal']) {
      const weights = await weightsAfter(stage('prune', { amount: 60 }), train({ steps: 5, l1: 0.01, l1Step }));
      expect(weights.filter((weight) => weight === 0).length).toBeGreaterThanOrEqual(Math.round(0.6 * weights.length));
    }
  });
});
