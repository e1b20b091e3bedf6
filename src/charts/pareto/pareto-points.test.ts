import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CostKind, costKinds } from '../../numerics/measures/model-cost';
import {
  countBeyond,
  defaultReference,
  filteredItems,
  frontOf,
  frontPoints,
  frontVolume,
  ghostsOf,
  type ParetoPoint,
  paretoItems,
  volumeGain,
} from './pareto-points';

const run = (id: string, testAccuracy: number, bits: number, more: Partial<ParetoPoint> = {}): ParetoPoint => ({
  id,
  label: id,
  testAccuracy,
  totalBits: bits * 1000,
  denseBits: 32_000,
  weights: 1000,
  origin: 'live',
  ...more,
});
const itemsOf = (points: readonly ParetoPoint[], kind: CostKind = 'bits-per-weight') => paretoItems(points, kind).items;

const anyRun = fc
  .record({
    testAccuracy: fc.oneof(
      fc.integer({ min: 0, max: 20 }).map((n) => n / 20),
      fc.double({ min: 0, max: 1, noNaN: true }),
    ),
    bits: fc.oneof(fc.integer({ min: 1, max: 8 }), fc.double({ min: 0.01, max: 100, noNaN: true })),
    seedGroup: fc.option(fc.constantFrom('a', 'b', 'c'), { nil: undefined }),
    failed: fc.option(fc.constant('no'), { nil: undefined, freq: 5 }),
  })
  .map(({ testAccuracy, bits, seedGroup, failed }) =>
    run('', testAccuracy, bits, { ...(seedGroup && { seedGroup }), ...(failed && { failed }) }),
  );
const anyRuns = fc.array(anyRun, { maxLength: 40 }).map((runs) => runs.map((one, i) => ({ ...one, id: `r${i}` })));

describe('marks', () => {
  test('runs of several seeds stand at their means, with their standard deviation', () => {
    const [item] = itemsOf([
      run('s1', 0.9, 2, { seedGroup: 'two bits' }),
      run('s2', 0.92, 2.2, { seedGroup: 'two bits' }),
      run('s3', 0.94, 2.4, { seedGroup: 'two bits' }),
    ]);
    expect(item?.ids).toEqual(['s1', 's2', 's3']);
    expect(item?.accuracy).toBeCloseTo(0.92, 12);
    expect(item?.accuracySpread).toBeCloseTo(0.02, 12);
    expect(item?.cost).toBeCloseTo(2.2, 12);
    expect(item?.costSpread).toBeCloseTo(0.2, 12);
  });

  test('each seed alone where that is asked for', () => {
    const points = [run('s1', 0.9, 2, { seedGroup: 'g' }), run('s2', 0.92, 2, { seedGroup: 'g' })];
    expect(paretoItems(points, 'bits', true).items.map(({ ids }) => ids)).toEqual([['s1'], ['s2']]);
  });

  test('a recorded and a live run are never one mark, nor a failed one and its seeds', () => {
    const points = [
      run('s1', 0.9, 2, { seedGroup: 'g' }),
      run('s2', 0.9, 2, { seedGroup: 'g', origin: 'recorded' }),
      run('s3', Number.NaN, 2, { seedGroup: 'g' }),
      run('s4', 0.9, 2, { seedGroup: 'g', failed: 'Out of memory.' }),
    ];
    const items = itemsOf(points);
    expect(items.map(({ id, failed }) => [id, failed])).toEqual([
      ['s1', ''],
      ['s2', ''],
      ['s3', 'It has no accuracy.'],
      ['s4', 'Out of memory.'],
    ]);
  });

  test('runs without the measure are counted, not drawn', () => {
    const { items, unplaced } = paretoItems([run('a', 0.9, 2, { ms: 3 }), run('b', 0.9, 2)], 'ms');
    expect([items.map(({ id, cost }) => [id, cost]), unplaced]).toEqual([[['a', 3]], 1]);
  });

  test('every run is in exactly one mark', () => {
    fc.assert(
      fc.property(anyRuns, fc.boolean(), (runs, each) => {
        const ids = paretoItems(runs, 'bits', each).items.flatMap((item) => item.ids);
        expect([...ids].sort()).toEqual(runs.map(({ id }) => id).sort());
      }),
    );
  });
});

describe('front', () => {
  const items = itemsOf([run('a', 0.9, 2), run('b', 0.95, 4), run('c', 0.93, 5), run('d', 0.97, 8), run('x', 1, 1, { failed: 'no' })]);

  test('by hand, over bits and over the compression rate', () => {
    expect(frontOf('bits-per-weight', items).map(({ id }) => id)).toEqual(['a', 'b', 'd']);
    const rates = itemsOf([run('a', 0.9, 2), run('b', 0.95, 4), run('c', 0.93, 5)], 'rate');
    expect(rates.map(({ id }) => id)).toEqual(['c', 'b', 'a']);
    expect(frontOf('rate', rates).map(({ id }) => id)).toEqual(['a', 'b']);
    expect(frontPoints([run('a', 0.9, 2), run('g', 0.99, 1, { origin: 'ghost' })], 'rate')).toEqual([{ x: 16, accuracy: 0.9 }]);
  });

  test('hypervolume in percentage points × doublings', () => {
    // Up to 16 bits and 80 %: 10 points over 3 doublings, 5 more over 2, 2 more over 1.
    const points = frontOf('bits-per-weight', items).map(({ cost, accuracy }) => ({ x: cost, accuracy }));
    expect(frontVolume('bits-per-weight', points, { x: 16, accuracy: 0.8 })).toBeCloseTo(10 * 3 + 5 * 2 + 2, 9);
    expect(frontVolume('rate', [{ x: 16, accuracy: 0.9 }], { x: 2, accuracy: 0.8 })).toBeCloseTo(10 * 3, 9);
  });

  test('the rate and the bits of equal dense models give the same front and hypervolume', () => {
    fc.assert(
      fc.property(anyRuns, (runs) => {
        const fronts = (['bits', 'rate'] as const).map((kind) => frontOf(kind, paretoItems(runs, kind, true).items));
        const positions = fronts.map((front) => front.map(({ bitsPerWeight, accuracy }) => [bitsPerWeight, accuracy]));
        expect(positions[0]?.length).toBe(positions[1]?.length);
        const volumes = fronts.map((front, i) =>
          frontVolume(
            i ? 'rate' : 'bits',
            front.map(({ cost, accuracy }) => ({ x: cost, accuracy })),
            { x: i ? 0.5 : 64_000, accuracy: 0 },
          ),
        );
        expect(volumes[0]).toBeCloseTo(volumes[1] as number, 6);
      }),
    );
  });

  test('no mark dominates one of the front, and every other is dominated or equalled', () => {
    fc.assert(
      fc.property(anyRuns, fc.constantFrom<CostKind>('bits', 'rate', 'bytes'), (runs, kind) => {
        const all = paretoItems(runs, kind).items.filter(({ failed }) => failed === '');
        const front = new Set(frontOf(kind, all));
        const sign = kind === 'rate' ? -1 : 1;
        for (const item of all) {
          const atLeast = all.filter((o) => o !== item && sign * o.cost <= sign * item.cost && o.accuracy >= item.accuracy);
          const better = atLeast.filter((o) => o.cost !== item.cost || o.accuracy !== item.accuracy);
          if (front.has(item)) expect(better).toEqual([]);
          else expect(atLeast.length).toBeGreaterThan(0);
        }
      }),
    );
  });

  test('the default reference lies beyond every measured mark', () => {
    expect(defaultReference('bits-per-weight', items)).toEqual({ x: 10, accuracy: 0.89 });
    expect(defaultReference('rate', itemsOf([run('a', 0.62, 8)], 'rate'))).toEqual({ x: 3.5, accuracy: 0.6 });
    expect(defaultReference('bits', [])).toBeNull();
    fc.assert(
      fc.property(anyRuns, fc.constantFrom(...costKinds), (runs, kind) => {
        const all = paretoItems(runs, kind).items.filter(({ failed }) => failed === '');
        const reference = defaultReference(kind, all);
        for (const { cost, accuracy } of all) {
          expect(kind === 'rate' ? cost > reference!.x : cost < reference!.x).toBe(true);
          expect(accuracy > reference!.accuracy || reference!.accuracy === 0).toBe(true);
        }
      }),
    );
  });

  test('what lies beyond a front to beat', () => {
    const target = [
      { x: 2, accuracy: 0.9 },
      { x: 8, accuracy: 0.96 },
    ];
    // a equals a point of it; b, c and d are better than what it has at their cost.
    expect(countBeyond('bits-per-weight', items, target)).toBe(3);
    expect(countBeyond('bits-per-weight', items, [{ x: 1, accuracy: 1 }])).toBe(0);
    expect(countBeyond('bits-per-weight', items, [])).toBe(4);
    // Rounded as a link rounds it, a front is not beaten by itself.
    expect(countBeyond('bits-per-weight', itemsOf([run('a', 0.900004, 2.00004)]), [{ x: 2.0001, accuracy: 0.9 }])).toBe(0);
    const reference = { x: 16, accuracy: 0.8 };
    expect(volumeGain('bits-per-weight', target, [{ x: 4, accuracy: 0.95 }], reference)).toBeCloseTo(5, 9);
    expect(volumeGain('bits-per-weight', target, [{ x: 16, accuracy: 0.95 }], reference)).toBe(0);
  });

  test('ghosts have fronts of their own, and never share a mark', () => {
    const ghost = { origin: 'ghost' as const, seedGroup: 'g' };
    const all = itemsOf([
      run('a', 0.9, 2),
      run('b', 0.8, 2, { ...ghost, series: 'one' }),
      run('c', 0.7, 3, { ...ghost, series: 'one', seedGroup: 'h' }),
      run('d', 0.6, 2, { ...ghost, series: 'other' }),
    ]);
    expect(all).toHaveLength(4);
    const ghosts = ghostsOf('bits', all, ['one', 'other']);
    expect(ghosts.map(({ name, front }) => [name, front.map(({ id }) => id)])).toEqual([
      ['one', ['b']],
      ['other', ['d']],
    ]);
  });

  test('a front grows by what lies beyond it, and by nothing else', () => {
    fc.assert(
      fc.property(anyRuns, anyRuns, (ours, theirs) => {
        const [own, other] = [ours, theirs].map((runs) => itemsOf(runs, 'bits').filter(({ failed }) => failed === ''));
        const points = (marks: readonly { cost: number; accuracy: number }[]) => marks.map(({ cost, accuracy }) => ({ x: cost, accuracy }));
        const reference = { x: 1e6, accuracy: 0 };
        const gain = volumeGain('bits', points(other!), points(own!), reference);
        expect(gain).toBeGreaterThanOrEqual(-1e-9);
        if (countBeyond('bits', own!, points(other!)) === 0) expect(gain).toBeLessThan(0.01);
      }),
    );
  });
});

test('brush and hidden groups', () => {
  const items = itemsOf([
    run('a', 0.9, 2, { groupA: '2', groupB: 'STE' }),
    run('b', 0.95, 4, { groupA: '4', groupB: 'STE' }),
    run('c', 0.96, 4, { groupA: '4', groupB: 'LSQ' }),
    run('x', Number.NaN, 4, { groupA: '4', groupB: 'LSQ' }),
  ]);
  const none = new Set<string>();
  const ids = (...rest: [Parameters<typeof filteredItems>[1], Set<string>, Set<string>]) =>
    filteredItems(items, ...rest).map(({ id }) => id);
  expect(ids(null, none, none)).toEqual(['a', 'b', 'c', 'x']);
  expect(ids({ cost: [3, 5], accuracy: [0.9, 0.955] }, none, none)).toEqual(['b']);
  expect(ids(null, new Set(['2']), none)).toEqual(['b', 'c', 'x']);
  expect(ids(null, none, new Set(['LSQ']))).toEqual(['a', 'b']);
});
