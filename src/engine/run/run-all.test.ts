import { beforeAll, expect, test } from 'vitest';
import { defaultStage } from '../../experiment/program/defaults';
import type { RunRecord } from '../../experiment/types/events';
import { tinyDataset } from '../testing/tiny-dataset';
import { finish, quantize, quiet, tinyExperiment, train } from '../testing/tiny-run';
import { openTestBackends } from '../testing/wasm-test-backend';
import { runAll } from './run-all';

beforeAll(openTestBackends);

test('runs that share stages train them once, and end as if each had run alone', async () => {
  const dataset = tinyDataset({ train: 60, test: 20 });
  const experiments = [
    tinyExperiment([train({ steps: 6 }), quantize(4)]),
    tinyExperiment([train({ steps: 6 }), quantize(2), train({ steps: 3 })]),
    tinyExperiment([train({ steps: 6 })]),
    tinyExperiment([train({ steps: 5 }), quantize(4)]),
    tinyExperiment([train({ steps: 5 }), quantize(4)], { seed: 9 }),
  ];
  const trained = experiments.map(() => 0);
  const records: RunRecord[] = [];
  const options = { backend: { name: 'wasm', adapter: '', reasons: [] } as const, url: '', control: quiet() };
  for await (const { index, event } of runAll(experiments, dataset, () => options)) {
    if (event.type === 'metrics') trained[index]! += event.loss.length;
    if (event.type === 'done') records[index] = event.record;
  }
  expect(trained).toEqual([6, 3, 0, 5, 5]);
  for (const [i, experiment] of experiments.entries()) {
    const alone = (await finish(experiment, dataset)).record;
    expect(records[i]?.digest, `run ${i}`).toBe(alone?.digest);
    expect(records[i]?.steps).toBe(alone?.steps);
    expect(records[i]?.stages.map(({ testAccuracy }) => testAccuracy)).toEqual(alone?.stages.map(({ testAccuracy }) => testAccuracy));
  }
});

test('a run that goes back to weights which the one before did not remember trains them again', async () => {
  const dataset = tinyDataset({ train: 60, test: 20 });
  const back = (to: number, on = true) => tinyExperiment([train({ steps: 6 }), { ...defaultStage('rewind'), to, on }, train({ steps: 2 })]);
  const experiments = [back(3, false), back(3), back(3, false), back(0), back(4), back(7)];
  const trained = experiments.map(() => 0);
  const digests: string[] = [];
  const options = { backend: { name: 'wasm', adapter: '', reasons: [] } as const, url: '', control: quiet() };
  for await (const { index, event } of runAll(experiments, dataset, () => options)) {
    if (event.type === 'metrics') trained[index]! += event.loss.length;
    if (event.type === 'done') digests[index] = event.record.digest;
  }
  // The last one would go back to a moment that has not come.
  expect(trained).toEqual([8, 8, 2, 2, 8, 0]);
  expect(digests).toHaveLength(5);
  for (const [i, digest] of digests.entries()) expect(digest).toBe((await finish(experiments[i]!, dataset)).record?.digest);
});
