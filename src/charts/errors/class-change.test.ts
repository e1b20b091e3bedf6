import { expect, test } from 'vitest';
import { changeSummary, signedPoints } from './class-change';

test('names what lost and what gained most', () => {
  const rows = [
    { name: '0', change: 1.5 },
    { name: '1', change: -2 },
    { name: '2', change: 0 },
  ];
  expect(changeSummary(rows)).toBe('Class 1 lost most: 2.0 points. Class 0 gained most: 1.5 points.');
  expect(changeSummary(rows.slice(0, 1))).toBe('No class lost; class 0 gained most: 1.5 points.');
  expect(changeSummary(rows.slice(1))).toBe('Class 1 lost most: 2.0 points; none gained.');
  expect(changeSummary(rows.slice(2))).toBe('No class changed.');
  expect(changeSummary([{ name: 'cat', change: -3 }])).toBe('“cat” lost most: 3.0 points; none gained.');
  expect(changeSummary([])).toBe('No class was measured in both runs.');
});

test('signs a change but not a zero', () => {
  expect([1.25, -1.25, 0, 0.01, -0.01].map((x) => signedPoints(x))).toEqual(['+1.3', '−1.3', '0.0', '0.0', '0.0']);
});
