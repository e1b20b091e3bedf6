import { beforeAll, describe, expect, test } from 'vitest';
import type { Values } from '../../experiment/settings/setting';
import { tinyDataset } from '../testing/tiny-dataset';
import { finish, stage, tinyExperiment, train } from '../testing/tiny-run';
import { openTestBackends } from '../testing/wasm-test-backend';
import { roundOf } from './stage-masks';

beforeAll(openTestBackends);

const dataset = tinyDataset();

/** How many weights of each layer the last masks keep. */
async function keptBy(stages: Parameters<typeof tinyExperiment>[0]): Promise<number[]> {
  const { checkpoints, record } = await finish(tinyExperiment(stages), dataset);
  expect(record).toBeDefined();
  const masks = checkpoints.at(-1)!.model.parametrizations.filter(({ role }) => role === 'mask');
  return masks.map(({ state }) => state.kept!.reduce((a, b) => a + b, 0));
}

const prune = (values: Values) => stage('prune', values);

describe('amounts', () => {
  test('a number kept, in each layer or in all', async () => {
    expect(await keptBy([train({ steps: 2 }), prune({ amountBy: 'count', keep: 30 })])).toEqual([30, 30]);
    const all = await keptBy([train({ steps: 2 }), prune({ amountBy: 'count', keep: 50, scope: 'global' })]);
    expect(all.reduce((a, b) => a + b, 0)).toBe(50);
  });

  test('thresholds: 0 keeps all, a large one nothing; one standard deviation leaves less than half', async () => {
    const [all] = await keptBy([prune({ amountBy: 'threshold', threshold: 0 })]);
    expect(await keptBy([prune({ amountBy: 'threshold', threshold: 1000 })])).toEqual([0, 0]);
    const [some] = await keptBy([prune({ amountBy: 'deviation', quality: 1 })]);
    expect(some).toBeGreaterThan(0.15 * all!);
    expect(some).toBeLessThan(0.5 * all!);
  });

  test('2 of 4 keeps half, blocks are whole', async () => {
    const [all] = await keptBy([prune({ amount: 0 })]);
    const [half] = await keptBy([prune({ amountBy: 'n-of-m' })]);
    expect(half).toBe(all! / 2);
    const [blocks] = await keptBy([prune({ amount: 50, pattern: 'blocks', blockRows: 1, blockColumns: 12 })]);
    expect(blocks! % 12).toBe(0);
  });

  test('a gradual amount reaches its end in the last round, most of it in the first', async () => {
    const rounds = (n: number) => [stage('repeat', { rounds: n, of: 2 }), train({ steps: 1 }), prune({ amount: 80, schedule: 'cubic' })];
    const [all] = await keptBy([prune({ amount: 0 })]);
    const [end] = await keptBy(rounds(3));
    expect(end).toBe(all! - Math.round(0.8 * all!));
    const stages = rounds(3);
    expect([0, 1, 2, 3, 4, 5].map((step) => roundOf(stages, step).round)).toEqual([1, 1, 2, 2, 3, 3]);
    expect(roundOf([prune({})], 0)).toEqual({ round: 1, rounds: 1 });
  });
});
