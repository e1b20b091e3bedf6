import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CostKind } from '../../numerics/measures/model-cost';
import { costAxis, costFigure, costText, paretoAxes, yAxis } from './pareto-axes';
import { brushBetween, frontPath, nearest, paretoScale, plotArea, positionedItems, volumePath } from './pareto-layout';
import { type ParetoItem, paretoItems } from './pareto-points';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');
const area = { x: 0, y: 0, width: 300, height: 100 };
const axes = { x: { domain: [1, 8], ticks: [] }, y: { domain: [90, 100], ticks: [] } } as const;
const scale = paretoScale(area, { x: 'bits-per-weight', y: 'accuracy' }, axes);
const item = (change: Partial<ParetoItem>): ParetoItem => ({
  id: 'a',
  ids: ['a'],
  label: 'a',
  groupA: '',
  groupB: '',
  origin: 'live',
  series: '',
  failed: '',
  accuracy: 0.95,
  accuracySpread: 0,
  cost: 2,
  costSpread: 0,
  bitsPerWeight: 2,
  line: '',
  step: 0,
  runs: [],
  ...change,
});

describe('axes', () => {
  test('costs: powers of two for bits per weight, round numbers for bytes', () => {
    expect(costAxis('bits-per-weight', [1.1, 8.2], 10).ticks).toEqual([1, 2, 4, 8]);
    expect(costAxis('rate', [1, 256], 4).ticks).toEqual([1, 8, 64]);
    expect(costAxis('bytes', [1500, 60_000], 10).ticks).toEqual([2000, 5000, 10_000, 20_000, 50_000]);
    expect(costAxis('bits-per-weight', [3], 10).ticks).toEqual([2.5, 3, 3.5, 4]);
    expect(costAxis('bits', [], 10).ticks.length).toBeGreaterThan(0);
  });

  test('errors: logarithmic, none below one of 20,000', () => {
    const { domain, ticks } = yAxis('error', [0.98, 0.9]);
    expect(domain[0]).toBeCloseTo(1.6, 9);
    expect(domain[1]).toBeCloseTo(12.5, 9);
    expect(ticks).toEqual([2, 3, 4, 5, 7, 10]);
    expect(yAxis('error', [1]).domain[0]).toBeCloseTo(0.004, 9);
    expect(yAxis('error', [0, 0.99375]).ticks).toEqual([0.5, 1, 2, 5, 10, 20, 50, 100]);
    expect(yAxis('error', [0, 1]).ticks).toEqual([0.01, 0.1, 1, 10, 100]);
    expect(yAxis('error', [0.984]).ticks).toEqual([1.5, 2]);
  });

  test('figures and words', () => {
    expect(plain(costFigure('bits', 266_610))).toBe('267 kb');
    expect(costFigure('macs', 266_200)).toBe('266k');
    expect(costFigure('rate', 0.5)).toBe('0.5×');
    expect(plain(costText('ms', 1.5))).toBe('1.5 ms');
    expect(costText('bytes', Number.NaN)).toBe('–');
  });

  test('a front to beat alone fills the picture', () => {
    const target = [
      { x: 2, accuracy: 0.95 },
      { x: 4, accuracy: 0.97 },
    ];
    const { x, y } = paretoAxes({ x: 'bits-per-weight', y: 'accuracy' }, [], target, 6);
    expect([x.domain[0] > 1.5, x.domain[1] < 5, y.domain[0] > 90, y.domain[1] < 100]).toEqual([true, true, true, true]);
  });

  const measured = fc.array(
    fc.record({
      testAccuracy: fc.double({ min: 0, max: 1, noNaN: true }),
      totalBits: fc.integer({ min: 1, max: 1e9 }),
      seedGroup: fc.constantFrom('a', 'b'),
    }),
    { minLength: 1, maxLength: 20 },
  );

  test('every mark and every end of an error bar lies inside the picture', () => {
    fc.assert(
      fc.property(
        measured,
        fc.constantFrom<CostKind>('bits', 'bits-per-weight', 'rate', 'bytes'),
        fc.constantFrom('accuracy' as const, 'error' as const),
        fc.boolean(),
        (runs, x, y, each) => {
          const points = runs.map((run, i) => ({ ...run, id: `${i}`, label: '', denseBits: 1e6, weights: 1000, origin: 'live' as const }));
          const { items } = paretoItems(points, x, each);
          const fitted = paretoAxes({ x, y }, items, [], 6);
          const box = plotArea(400, 300);
          for (const position of positionedItems(paretoScale(box, { x, y }, fitted), items)) {
            for (const at of [position.x, ...position.bars.x]) {
              expect(at).toBeGreaterThanOrEqual(box.x - 0.01);
              expect(at).toBeLessThanOrEqual(box.x + box.width + 0.01);
            }
            for (const at of [position.y, ...position.bars.y]) {
              expect(at).toBeGreaterThanOrEqual(box.y - 0.01);
              expect(at).toBeLessThanOrEqual(box.y + box.height + 0.01);
            }
          }
          expect(fitted.y.ticks.length).toBeLessThan(12);
          if (y === 'error') expect(fitted.y.ticks.length).toBeGreaterThan(0);
        },
      ),
    );
  });
});

describe('places', () => {
  test('by hand: logarithmic to the right, accuracy upwards', () => {
    expect([scale.x(1), scale.x(8)]).toEqual([0, 300]);
    expect(scale.x(2)).toBeCloseTo(100, 9);
    expect([scale.y(0.9), scale.y(0.95), scale.y(1)].map((y) => Math.round(y * 1e6) / 1e6)).toEqual([100, 50, 0]);
    const [position] = positionedItems(scale, [item({ accuracySpread: 0.01, costSpread: 1 })]);
    expect(position?.bars.y.map(Math.round)).toEqual([40, 60]);
    expect(position?.bars.x.map(Math.round)).toEqual([0, 158]);
  });

  test('errors grow upwards on a logarithmic axis', () => {
    const error = paretoScale(area, { x: 'bits', y: 'error' }, { x: axes.x, y: { domain: [1, 100], ticks: [] } });
    expect([0.99, 0.9, 0].map((accuracy) => Math.round(error.y(accuracy)))).toEqual([100, 50, 0]);
    expect(error.accuracyAt(50)).toBeCloseTo(0.9, 9);
    expect(error.worstY).toBe(0);
  });

  test('failed runs stand on the edge, those without a cost in a row', () => {
    const failed = { failed: 'no', accuracy: Number.NaN };
    const positions = positionedItems(scale, [
      item({ ...failed }),
      item({ ...failed, cost: Number.NaN }),
      item({ ...failed, cost: Number.NaN }),
    ]);
    expect(positions.map(({ x, y }) => [Math.round(x), y])).toEqual([
      [100, 100],
      [292, 100],
      [280, 100],
    ]);
  });

  test('pixels back to values', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 8, noNaN: true }), fc.double({ min: 0.9, max: 1, noNaN: true }), (cost, accuracy) => {
        expect(scale.costAt(scale.x(cost))).toBeCloseTo(cost, 9);
        expect(scale.accuracyAt(scale.y(accuracy))).toBeCloseTo(accuracy, 9);
      }),
    );
    const brush = brushBetween(scale, { x: 200, y: 0 }, { x: 100, y: 50 });
    expect(brush.cost.map((x) => Math.round(x))).toEqual([2, 4]);
    expect(brush.accuracy.map((y) => Math.round(y * 100))).toEqual([95, 100]);
  });
});

describe('front', () => {
  const points = [
    { x: 4, accuracy: 0.98 },
    { x: 2, accuracy: 0.95 },
  ];

  test('steps from the cheapest point, whatever the order', () => {
    expect(frontPath(scale, 'bits-per-weight', points)).toBe('M100 100H100V50H200V20H300');
    const rate = paretoScale(area, { x: 'rate', y: 'accuracy' }, axes);
    expect(
      frontPath(rate, 'rate', [
        { x: 2, accuracy: 0.98 },
        { x: 4, accuracy: 0.95 },
      ]),
    ).toBe('M200 100H200V50H100V20H0');
    expect(frontPath(scale, 'bits', [])).toBe('');
  });

  test('the hypervolume ends at the reference', () => {
    expect(volumePath(scale, 'bits-per-weight', points, { x: 4, accuracy: 0.92 })).toBe('M100 80H100V50H200V80Z');
    expect(volumePath(scale, 'bits-per-weight', points, { x: 1, accuracy: 0.92 })).toBe('');
  });
});

test('nearest mark within reach', () => {
  const positions = positionedItems(scale, [item({ cost: 1 }), item({ cost: 2 }), item({ cost: 2 })]);
  expect(nearest(positions, 95, 52, 20)).toBe(2);
  expect(nearest(positions, 5, 50, 20)).toBe(0);
  expect(nearest(positions, 50, 50, 20)).toBeNull();
});
