import { beforeAll, expect, test } from 'vitest';
import type { Values } from '../../experiment/settings/setting';
import type { Stage } from '../../experiment/types/experiment';
import { parametrizationSetup } from '../testing/parametrization-setup';
import { tinyDataset } from '../testing/tiny-dataset';
import { finish, tinyExperiment, train } from '../testing/tiny-run';
import { openTestBackends } from '../testing/wasm-test-backend';

beforeAll(openTestBackends);

const dataset = tinyDataset();
const fixed = { method: 'format', format: 'fixed', integerBits: 4, fractionBits: 8, updates: 'format' } as const;
const zeroUpdates = async (values: Values, steps = 3) => {
  const quantize: Stage = { kind: 'quantize', on: true, ...(parametrizationSetup(values).values as Values) };
  const experiment = tinyExperiment([quantize, train({ steps, optimizer: 'sgd', lr: 1e-4 })]);
  const { record } = await finish(experiment, dataset);
  return record?.stages.at(-1)?.zeroUpdates;
};

test('tiny steps are lost to nearest, and a few arrive stochastically', async () => {
  expect(await zeroUpdates({ ...fixed, rounding: 'nearest-even' })).toEqual({ 'fc1/kernel': 1, 'fc2/kernel': 1 });
  for (const share of Object.values((await zeroUpdates({ ...fixed, rounding: 'stochastic' }, 2)) ?? {})) {
    expect(share).toBeGreaterThan(0.5);
    expect(share).toBeLessThan(1);
  }
});

test('where nothing is in a number format nothing is counted', async () => {
  expect(await zeroUpdates({})).toBeUndefined();
});
