import { beforeAll, describe, expect, test } from 'vitest';
import { unitCriteria } from '../../experiment/methods/pruning/unit-criteria';
import { macCount } from '../../experiment/operators/layers';
import type { Values } from '../../experiment/settings/setting';
import type { Stage } from '../../experiment/types/experiment';
import { decodeTensor, readModelFile } from '../../numerics/container/model-file';
import { tinyDataset } from '../testing/tiny-dataset';
import { finish, model, stage, tinyCnn, tinyExperiment, train } from '../testing/tiny-run';
import { openTestBackends } from '../testing/wasm-test-backend';

beforeAll(openTestBackends);

const dataset = tinyDataset({ train: 100, test: 40 });
const small = model('mlp', { widths: [10, 8] });
const remove = (values: Values = {}) => stage('remove', values);

const run = (middle: readonly Stage[], of = small, more: readonly Stage[] = []) =>
  finish(tinyExperiment([train(), ...middle, ...more], { model: of }), dataset);
const warningsOf = ({ events }: Awaited<ReturnType<typeof run>>) =>
  events.flatMap((event) => (event.type === 'warning' ? [event.message] : []));

describe('removing units', () => {
  test.each(unitCriteria.map(({ id }) => id).filter((id) => id !== 'dead' && id !== 'gamma'))(
    '%s: half of each layer goes',
    async (criterion) => {
      const found = await run([remove({ criterion, samples: 32 })], small, [train({ steps: 3 })]);
      const [before, after] = found.record?.stages ?? [];
      expect(after?.removed?.layers).toEqual({ fc1: { kept: 5, of: 10 }, fc2: { kept: 4, of: 8 } });
      expect(after?.macs).toBe(64 * 5 + 5 * 4 + 4 * 4);
      expect(before?.macs).toBe(64 * 10 + 10 * 8 + 8 * 4);
      expect(found.record?.macs).toBe(after?.macs);
      expect(after?.totalBits).toBeLessThan((before?.totalBits ?? 0) * 0.6);
      expect(found.record?.ledger.weights).toBe(64 * 10 + 10 * 8 + 8 * 4);
      // A dense layer sees no border: the smaller network computes what the masked one does.
      expect(after?.removed?.difference).toBeLessThan(1e-5 * (after?.removed?.largest ?? 0));
      expect(warningsOf(found)).toEqual([]);
    },
  );

  test('a criterion that measures chooses other units than a random one', async () => {
    const kernels = await Promise.all(
      ['l1', 'random', 'taylor', 'apoz'].map(async (criterion) => {
        const { models } = await run([remove({ criterion, samples: 32 })]);
        const tensor = readModelFile(models.at(-1) as Uint8Array).tensors.find(({ name }) => name === 'fc1/kernel');
        return tensor && decodeTensor(tensor).slice(0, 5).join();
      }),
    );
    expect(new Set(kernels).size).toBeGreaterThan(2);
  });

  test('filters with their batch norm and the rows of the dense layer behind the pooling', async () => {
    const { record, models } = await run([remove({ amount: 60 })], tinyCnn, [train({ steps: 2 })]);
    expect(record?.stages[1]?.removed?.layers).toEqual({ conv1: { kept: 1, of: 3 }, fc1: { kept: 4, of: 10 } });
    const shapes = readModelFile(models.at(-1) as Uint8Array).tensors.map(({ name, shape }) => [name, ...shape]);
    expect(shapes).toContainEqual(['fc1/kernel', 16, 4]);
    expect(shapes.filter(([name]) => String(name).endsWith('/gamma')).map(([, ...shape]) => shape)).toEqual([[1], [4]]);
  });

  test('only neurons, only filters, only where there is batch norm', async () => {
    const layersOf = async (values: Values, of = tinyCnn) =>
      Object.keys((await run([remove(values)], of)).record?.stages[1]?.removed?.layers ?? {});
    expect(await layersOf({ units: 'neurons' })).toEqual(['fc1']);
    expect(await layersOf({ units: 'filters' })).toEqual(['conv1']);
    expect(await layersOf({ criterion: 'gamma' })).toEqual(['conv1', 'fc1']);
  });

  test('over all layers, the amount is a share of all units', async () => {
    const { record } = await run([remove({ scope: 'global', amount: 50 })]);
    const kept = Object.values(record?.stages[1]?.removed?.layers ?? {});
    expect(kept.reduce((sum, layer) => sum + layer.of - layer.kept, 0)).toBe(9);
  });
});

describe('dead units', () => {
  test('go without changing what the network computes', async () => {
    // 97 % pruned over all layers: some units have no weight left.
    const pruned = [stage('prune', { amount: 97, scope: 'global' })];
    const { record } = await run([...pruned, remove({ criterion: 'dead' })]);
    const [, before, after] = record?.stages ?? [];
    expect(after?.removed).toBeDefined();
    expect(after?.removed?.difference).toBeLessThan(1e-5 * (after?.removed?.largest ?? 0));
    expect(after?.testAccuracy).toBe(before?.testAccuracy);
    expect(after?.testLoss).toBeCloseTo(before?.testLoss ?? 0, 5);
    expect(after?.macs).toBeLessThan(before?.macs ?? 0);
  });

  test('there are none in a network that is not pruned', async () => {
    expect(warningsOf(await run([remove({ criterion: 'dead' })]))).toEqual([
      'Stage 2 removes nothing: no unit has only weights that are 0.',
    ]);
  });
});

describe('a request that cannot be met', () => {
  test.each([
    [model('mlp', { widths: [] }), {}, 'the network has no hidden layer, and the units of the output layer always stay.'],
    [small, { criterion: 'gamma' }, 'no layer of that kind has batch norm. Choose another criterion.'],
    [small, { units: 'filters' }, 'the network has no filters that could be removed.'],
    [small, { amount: 4 }, '4 % of the units of a layer is less than one.'],
  ])('%#: says why', async (of, values, why) => {
    const found = await run([remove(values)], of);
    expect(warningsOf(found)).toEqual([`Stage 2 removes nothing: ${why}`]);
    expect(found.record?.stages[1]?.macs).toBe(found.record?.stages[0]?.macs);
  });

  test('one unit of each layer stays', async () => {
    const found = await run([remove({ amount: 99 })]);
    expect(found.record?.stages[1]?.removed?.layers).toEqual({ fc1: { kept: 1, of: 10 }, fc2: { kept: 1, of: 8 } });
    expect(warningsOf(found)).toEqual(['Stage 2 removes fewer units than asked, 2 fewer: every layer keeps at least one.']);
  });

  test('quantizers that are lost are named', async () => {
    const found = await run([stage('quantize', { bits: 8 }), remove({ amount: 20 })]);
    expect(warningsOf(found)[0]).toContain('removed the quantizers of fc1, fc2, fc3');
  });
});

test('rewinding after it gives the initial values of the units that are left', async () => {
  const { checkpoints } = await run([remove({ criterion: 'random' }), stage('rewind')]);
  const [trained, , rewound] = checkpoints;
  expect(rewound?.model.parameters['fc2/kernel']).toHaveLength(20);
  const marked = trained?.model.marks.find(({ step }) => step === 0)?.parameters['fc2/kernel'];
  const initial = marked ?? new Float32Array();
  if (initial.length > 0) for (const value of rewound?.model.parameters['fc2/kernel'] ?? []) expect(initial).toContain(value);
  expect(macCount(rewound?.model.layers ?? [], dataset.shape)).toBe(64 * 5 + 5 * 4 + 4 * 4);
});
