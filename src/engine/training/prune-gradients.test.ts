import { beforeAll, expect, test } from 'vitest';
import { pruneGradient } from '../../numerics/training/prune-gradient';
import { tinyDataset } from '../testing/tiny-dataset';
import { finish, stage, tinyExperiment, train } from '../testing/tiny-run';
import { openTestBackends } from '../testing/wasm-test-backend';

beforeAll(openTestBackends);

const dataset = tinyDataset();
const sgd = { optimizer: 'sgd', lr: 1, steps: 1 };

async function after(...stages: Parameters<typeof tinyExperiment>[0]) {
  const { checkpoints, record } = await finish(tinyExperiment(stages), dataset);
  return { parameters: checkpoints.at(-1)!.model.parameters, record: record! };
}

test('a step takes the twin’s gradient from weights, and the whole gradient from biases', async () => {
  const start = await after(stage('prune', { amount: 0 }));
  const whole = await after(train(sgd));
  const pruned = await after(train({ ...sgd, gradientThreshold: 0.8 }));
  for (const name of ['fc1/kernel', 'fc2/kernel']) {
    const before = start.parameters[name]!;
    const gradient = before.map((weight, i) => weight - whole.parameters[name]![i]!);
    const expected = pruneGradient(gradient, 0.8);
    expect(expected.filter((value) => value === 0).length).toBeGreaterThan(expected.length / 4);
    for (const [i, value] of expected.entries()) expect(before[i]! - pruned.parameters[name]![i]!).toBeCloseTo(value, 5);
  }
  expect(pruned.parameters['fc2/bias']).toEqual(whole.parameters['fc2/bias']);
});

test('the share of weights that the last step left as they were is reported: with SGD those whose gradient was dropped', async () => {
  const { record } = await after(train({ ...sgd, steps: 4, gradientThreshold: 0.8 }));
  const { zeroUpdates } = record.stages.at(-1)!;
  expect(Object.keys(zeroUpdates!)).toEqual(['fc1/kernel', 'fc2/kernel']);
  expect(zeroUpdates!['fc1/kernel']).toBeGreaterThan(0.25);
  expect(zeroUpdates!['fc1/kernel']).toBeLessThan(1);
  expect((await after(train({ ...sgd, steps: 4 }))).record.stages.at(-1)!.zeroUpdates).toBeUndefined();
});
