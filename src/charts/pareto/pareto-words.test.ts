import { expect, test } from 'vitest';
import { type ParetoPoint, paretoItems } from './pareto-points';
import { groupColors, groupOrder, groupShapes } from './pareto-style';
import { itemReadout, paretoSummary, paretoTable } from './pareto-words';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');
const kinds = { x: 'bits-per-weight', y: 'accuracy' } as const;
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
const { items } = paretoItems(
  [
    run('two', 0.9, 2, { seedGroup: 'a', groupA: '2' }),
    run('two again', 0.92, 2, { seedGroup: 'a', groupA: '2' }),
    run('four', 0.95, 4, { origin: 'recorded', groupA: '4' }),
    run('broken', 0, 3, { failed: 'Out of memory.', groupA: '3' }),
  ],
  'bits-per-weight',
);
const front = items.slice(0, 2);

test('the picture in sentences', () => {
  const story = { kinds, items, front, volume: 31.14, reference: { x: 5, accuracy: 0.89 }, unplaced: 1, left: 2, off: [] };
  const ghosts = [
    { name: 'Monday', points: 2, volume: 29 },
    { name: 'Tuesday', points: 0, volume: 0 },
  ];
  const target = { points: 3, beyond: 1, volume: 30, gain: 1.25 };
  expect(plain(paretoSummary({ ...story, target, ghosts }))).toBe(
    '2 settings, 1 to 2 seeds each; bars: standard deviation. The front: 2 points, from 91.00 % at 2.00 bits per weight to 95.00 % at 4.00 bits per weight. Area under the front: 31.1. The front to beat: 3 points, area 30.0; 1 point beyond it, adding 1.25. Compared with Monday: 2 points on its front, area 29.0. Tuesday has no bits per weight. 1 run failed. 1 run without bits per weight omitted. 2 marks filtered out.',
  );
});

test('a front to beat before any run', () => {
  const story = { kinds, items: [], front: [], volume: 0, reference: { x: 5, accuracy: 0.89 }, unplaced: 0, left: 0, off: [], ghosts: [] };
  expect(plain(paretoSummary({ ...story, target: { points: 3, beyond: 0, volume: 30, gain: 0 } }))).toBe(
    'No run yet. The front to beat: 3 points, area 30.0; no point beyond it yet.',
  );
});

test('marks in words', () => {
  expect(items.map((item) => plain(itemReadout(kinds, item, true)))).toEqual([
    'two · 91.00 % ± 1.41 (2 seeds) · 2.00 bits per weight · on the front',
    'four · 95.00 % · 4.00 bits per weight · on the front · recorded',
    'broken · failed: Out of memory.',
  ]);
  expect(plain(itemReadout({ x: 'rate', y: 'error' }, { ...items[1]!, cost: 8 }, false))).toBe(
    'four · 5.00 % error · 8.0× smaller · 4.00 bits per weight · recorded',
  );
});

test('the table has every mark', () => {
  const { head, rows } = paretoTable({ kinds, items, front, off: items.slice(1, 2) }, { a: 'bits' });
  expect(head).toEqual(['run', 'bits', 'test accuracy', 'std over seeds', 'runs', 'bits per weight', 'front', 'origin']);
  expect(rows.map((row) => row.map(plain))).toEqual([
    ['two', '2', '91.00 %', '1.41', '2', '2.00 bits per weight', 'yes', 'run here'],
    ['four', '4', '95.00 % (off the picture)', '–', '1', '4.00 bits per weight', 'yes', 'recorded'],
    ['broken', '3', 'failed: Out of memory.', '–', '1', '3.00 bits per weight', 'no', 'run here'],
  ]);
});

test('colours and shapes of groups', () => {
  expect(groupOrder(['8', '2', '16', '', '2'])).toEqual(['2', '8', '16']);
  expect(groupOrder(['ste', 'lsq', 'ste'])).toEqual(['ste', 'lsq']);
  expect(new Set(groupColors(['2', '3', '4', '5', '6', '7', '8']).values()).size).toBe(7);
  const many = Array.from({ length: 12 }, (_, i) => `m${i}`);
  expect(new Set(groupColors(many).values()).size).toBe(8);
  expect(new Set(groupShapes(many).values()).size).toBe(8);
  expect(groupShapes(many).get('m8')).toBe('circle');
});

test('a colour belongs to a value, whatever else is on its axis, and is none that means something else', () => {
  const colorOf = (order: readonly string[], group: string) => groupColors(order).get(group);
  for (const bits of ['2', '3', '8']) expect(colorOf(['2', '3', '8'], bits)).toBe(colorOf([bits], bits));
  expect(colorOf(['LSQ', 'STE'], 'STE')).toBe(colorOf(['STE'], 'STE'));
  expect(new Set(groupColors(['2', '10', '18']).values()).size).toBe(3);
  const meaning = ['#2f6fb4', '#3b7fc4', '#d6602a', '#2b8a6b'];
  for (let i = 0; i < 64; i++) expect(meaning).not.toContain(colorOf([String(i)], String(i)));
});
