import { expect, test } from 'vitest';
import { axisColumns, linePath, nearestLine, parallelLines } from './parallel-layout';

const area = { x: 10, y: 0, width: 200, height: 100 };
const axis = (name: string) => ({ name, words: false, ticks: [0, 0.5, 1].map((at, i) => ({ label: String(i), at })) });
const run = (id: string, ticks: readonly number[], accuracy: number) => ({ id, label: id, ticks, accuracy, group: '' });
const axes = [axis('a'), axis('b')];
const lines = parallelLines(axes, [run('up', [0, 1], 1), run('down', [2, 1], 0.9), run('off', [1, 1], 0.2)], area, {
  domain: [90, 100],
  ticks: [],
});

test('axes stand at equal distances, the accuracy at the right edge', () => {
  expect(axisColumns(2, area)).toEqual([10, 110, 210]);
});

test('a line goes through its values, the least at the bottom, and ends at its accuracy or on the edge', () => {
  expect(lines.map(linePath)).toEqual([
    'M10.0 100.0L110.0 50.0L210.0 0.0',
    'M10.0 0.0L110.0 50.0L210.0 100.0',
    'M10.0 50.0L110.0 50.0L210.0 100.0',
  ]);
});

test('the pointer means the line that is nearest at its place', () => {
  expect(nearestLine(lines, { x: 60, y: 74 }, 8)).toBe(0);
  expect(nearestLine(lines, { x: 60, y: 26 }, 8)).toBe(1);
  expect(nearestLine(lines, { x: 60, y: 52 }, 8)).toBe(2);
  expect(nearestLine(lines, { x: 60, y: 90 }, 8)).toBeNull();
  expect(nearestLine(lines, { x: 209, y: 3 }, 8)).toBe(0);
  expect(nearestLine([], { x: 0, y: 0 }, 8)).toBeNull();
});
