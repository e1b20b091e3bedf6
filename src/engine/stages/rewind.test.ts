import { beforeAll, describe, expect, test } from 'vitest';
import type { Values } from '../../experiment/settings/setting';
import type { Checkpoint } from '../../experiment/types/events';
import { keptCount } from '../../numerics/pruning/mask';
import { shuffledMasks } from '../../numerics/pruning/shuffled-mask';
import { drawSeed } from '../../numerics/random/rng';
import { tinyDataset } from '../testing/tiny-dataset';
import { everyStep, finish, stage, tinyCnn, tinyExperiment, train } from '../testing/tiny-run';
import { openTestBackends } from '../testing/wasm-test-backend';

beforeAll(openTestBackends);

const dataset = tinyDataset({ train: 100, test: 20 });
const redrawn: Values = { values: 'redrawn' };
const kernels = ['fc1/kernel', 'fc2/kernel'];

const masksOf = ({ model }: Checkpoint) =>
  model.parametrizations.filter(({ role }) => role === 'mask').map(({ state }) => Uint8Array.from(state.kept ?? []));

/** The state after train, prune and this rewind, and the masks before it. */
async function rewound(values: Values, change = {}, amount = 60) {
  const program = [train({ steps: 4 }), stage('prune', { amount }), stage('rewind', values)];
  const { checkpoints, record } = await finish(tinyExperiment(program, change), dataset);
  const [, pruned, after] = checkpoints;
  if (!pruned || !after) throw new Error('The run ended early.');
  return { found: masksOf(pruned), masks: masksOf(after), parameters: after.model.parameters, record };
}

describe('rewind', () => {
  test('draws other values from the same distribution, each draw its own, and keeps the masks', async () => {
    const [earlier, first, second, again] = await Promise.all(
      [{}, redrawn, { ...redrawn, draw: 2 }, redrawn].map((values) => rewound(values)),
    );
    expect(first?.masks).toEqual(earlier?.masks);
    expect(first?.parameters).toEqual(again?.parameters);
    for (const [i, name] of kernels.entries()) {
      const [a, b, c] = [earlier, first, second].map((one) => one?.parameters[name] ?? new Float32Array());
      const kept = first?.masks[i] ?? new Uint8Array();
      // Where a weight is kept all three differ, elsewhere all are 0.
      a?.forEach((value, w) => {
        const values = [value, b?.[w], c?.[w]];
        expect(new Set(values).size).toBe(kept[w] === 1 ? 3 : 1);
        if (kept[w] === 0) expect(values).toEqual([0, 0, 0]);
      });
    }
    const root = (values: Float32Array) => Math.sqrt(values.reduce((sum, x) => sum + x * x, 0) / values.length);
    // Without pruning: what magnitude leaves of the earlier values is larger than the average.
    const whole = await Promise.all([{}, redrawn].map((values) => rewound(values, {}, 0)));
    const [before = 0, after = 0] = whole.map(({ parameters }) => root(parameters['fc1/kernel'] ?? new Float32Array()));
    expect(after / before).toBeGreaterThan(0.8);
    expect(after / before).toBeLessThan(1.25);
  });

  test('starts biases and batch norm where a new network has them', async () => {
    const { parameters } = await rewound({ values: 'redrawn' }, { model: tinyCnn });
    for (const [name, values] of Object.entries(parameters)) {
      if (/bias|beta|mean/.test(name)) expect([name, ...new Set(values)]).toEqual([name, 0]);
      if (/gamma|variance/.test(name)) expect([name, ...new Set(values)]).toEqual([name, 1]);
    }
  });

  test.each([
    ['shuffled', 'layer'],
    ['random', 'global'],
  ] as const)('exchanges the masks as the twin does: %s', async (masks, scope) => {
    const { found, masks: after, parameters, record } = await rewound({ masks, draw: 3 });
    expect(after).toEqual(shuffledMasks(found, scope, drawSeed(1, 3)));
    expect(after).not.toEqual(found);
    const total = (list: readonly Uint8Array[]) => list.reduce((sum, mask) => sum + keptCount(mask, mask.length), 0);
    expect(total(after)).toBe(total(found));
    for (const [i, name] of kernels.entries())
      expect(Array.from(parameters[name] ?? [], (value) => Number(value !== 0))).toEqual([...(after[i] ?? [])]);
    const kept = record?.stages.at(-1)?.kept;
    expect(Object.values(kept?.layers ?? {})).toEqual(after.map((mask) => keptCount(mask, mask.length)));
  });

  test('leaves a network without masks as it is', async () => {
    const plain = await finish(tinyExperiment([train({ steps: 2 }), stage('rewind', { masks: 'shuffled' })]), dataset);
    expect(plain.checkpoints.at(-1)?.model.parametrizations).toEqual([]);
  });
});

test('in rounds of train, prune and rewind each mask is part of the one before, and pruned weights are 0 after every step', async () => {
  const program = [stage('repeat', { rounds: 3, of: 3 }), train({ steps: 3 }), stage('prune', { amount: 30 }), stage('rewind')];
  const { checkpoints, record } = await finish(tinyExperiment([...program, train({ steps: 3 })]), dataset, { control: everyStep() });
  let before: readonly Uint8Array[] = [];
  let zeros = 0;
  for (const checkpoint of checkpoints) {
    const masks = masksOf(checkpoint);
    for (const [t, mask] of masks.entries()) {
      expect(mask.every((kept, w) => kept === 0 || before[t] === undefined || before[t][w] === 1)).toBe(true);
      const values = checkpoint.model.parameters[kernels[t] ?? ''];
      mask.forEach((kept, w) => {
        if (kept === 0) expect(values?.[w]).toBe(0);
        zeros += 1 - kept;
      });
    }
    before = masks;
  }
  expect(zeros).toBeGreaterThan(0);
  // 30 % of what is left, three times, rounded each time.
  const left = (n: number) => [1, 2, 3].reduce((count) => count - Math.round(0.3 * count), n);
  const sizes = kernels.map((name) => checkpoints.at(-1)?.model.parameters[name]?.length ?? 0);
  expect(Object.values(record?.stages.filter(({ kept }) => kept).at(-1)?.kept?.layers ?? {})).toEqual(sizes.map(left));
  const inputs = record?.stages.filter(({ kept }) => kept).at(-1)?.kept?.inputs ?? [];
  expect(inputs.reduce((sum, n) => sum + n, 0)).toBe(left(sizes[0] ?? 0));
});
