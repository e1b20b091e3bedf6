import { describe, expect, test } from 'vitest';
import { itemsAxis, offAxis, usualItems } from '../pareto/pareto-axes';
import { edgeMarks, joinedLines } from '../pareto/pareto-layout';
import { type ParetoPoint, paretoItems } from '../pareto/pareto-points';
import { labelLines, valueHeight, valueLayout, valuePositions } from './value-layout';
import { valueReadout, valueSummary, valueTable } from './value-words';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');
const point = (id: string, testAccuracy: number, step: number, more: Partial<ParetoPoint> = {}): ParetoPoint => ({
  ...{ id, label: id, testAccuracy, totalBits: 2050, denseBits: 32_000, weights: 1000, origin: 'live', step, ...more },
});
const numbers = { name: 'λ', words: false, ticks: [0.05, 0.5, 0.95].map((at, i) => ({ label: `1e-${i + 9}`, at })) };
const words = { ...numbers, name: 'Method', words: true, ticks: ['ste', 'lsq'].map((label, i) => ({ label, at: 0.25 + i / 2 })) };
const area = { x: 0, y: 0, width: 200, height: 100 };
const heightOf = valueHeight(area, 'accuracy', { domain: [90, 100], ticks: [] });

describe('positions', () => {
  const items = paretoItems(
    [
      point('a', 0.95, 2, { seedGroup: 'a', groupA: 'x', line: 'x' }),
      point('b', 0.97, 2, { seedGroup: 'a', groupA: 'x', line: 'x' }),
      point('c', 0.9, 0, { groupA: 'x', line: 'x' }),
      point('d', 0.5, 1, { groupA: 'y', line: 'y' }),
    ],
    'bits-per-weight',
  ).items;

  test('by the place of the value; what lies beyond the axis is an arrow on its edge, with its number', () => {
    const positions = valuePositions(numbers, area, heightOf, items);
    const at = (id: string) => positions.find(({ item }) => item.id === id)!;
    expect([at('c').x, at('c').y]).toEqual([10, 100]);
    // The mean of 95 and 97 % is 96 %, 1.41 its sample standard deviation.
    expect(at('a').x).toBeCloseTo(190, 9);
    expect(at('a').y).toBeCloseTo(40, 9);
    expect(at('a').bars.y.map((y) => Number(y.toFixed(2)))).toEqual([25.86, 54.14]);
    expect([at('d').off, at('d').y]).toEqual(['below', 93]);
    expect(edgeMarks(positions, 14).map((mark) => [mark.x, mark.items.length])).toEqual([[100, 1]]);
    expect(edgeMarks([...positions, { ...at('d'), x: 108 }], 14).map((mark) => mark.items.length)).toEqual([2]);
    expect(joinedLines(positions, 'x').map((line) => line.map(({ item }) => item.id))).toEqual([['c', 'a']]);
  });

  test('over words the series stand beside each other', () => {
    const positions = valuePositions(words, area, heightOf, items);
    const xOf = (id: string) => positions.find(({ item }) => item.id === id)?.x;
    expect([xOf('c'), xOf('d')]).toEqual([42, 158]);
  });
});

test('labels break between words, three lines at most; figures that would touch are left out', () => {
  expect(labelLines('Uniform, straight-through, stage 3 off', 132)).toEqual(['Uniform,', 'straight-through,', 'stage 3 off']);
  expect(labelLines('one two three four', 27)).toEqual(['one', 'two', 'thr…']);
  const many = { ...numbers, ticks: Array.from({ length: 40 }, (_, i) => ({ label: `0.00${i}`, at: i / 39 })) };
  const { labels } = valueLayout(many, 400, 300);
  expect(labels.length).toBeLessThan(12);
  expect(labels[0]?.lines).toEqual(['0.000']);
  expect(valueLayout(words, 400, 300).labels).toHaveLength(2);
});

test('a few failures do not stretch the range; they are told and marked in the table', () => {
  const points = [0.95, 0.96, 0.97, 0.96, 0.965, 0.19].map((accuracy, i) => point(`r${i}`, accuracy, i % 3));
  const { items } = paretoItems(points, 'bits-per-weight');
  const usual = usualItems('accuracy', items);
  expect(usual.map(({ id }) => id).sort()).toEqual(['r0', 'r1', 'r2', 'r3', 'r4']);
  expect(usualItems('error', items)).toHaveLength(6);
  const off = offAxis('accuracy', items, itemsAxis('accuracy', usual));
  expect(off.map(({ id }) => id)).toEqual(['r5']);
  expect(plain(valueSummary({ y: 'accuracy', axis: 'λ', items, off, left: 0 }))).toBe(
    '6 runs. The best is r2 with 97.00 %, the worst r5 with 19.00 %. 1 setting lies below the picture at 19.00 % (arrows on its edge).',
  );
  expect(valueTable({ items, off }).rows.map(([name, accuracy]) => plain(`${name} ${accuracy}`))).toContain('r5 19.00 % (off the picture)');
});

test('means in words', () => {
  const [item] = paretoItems(
    [point('two', 0.9, 0, { seedGroup: 'a' }), point('again', 0.92, 0, { seedGroup: 'a' })],
    'bits-per-weight',
  ).items;
  expect(plain(valueReadout('accuracy', item!))).toBe('two · 91.00 % ± 1.41 (2 seeds) · 2.05 bits per weight');
  expect(plain(valueReadout('error', item!))).toBe('two · 9.00 % error ± 1.41 (2 seeds) · 2.05 bits per weight');
  expect(valueSummary({ y: 'accuracy', axis: 'λ', items: [], off: [], left: 0 })).toBe('No run over λ yet.');
});
