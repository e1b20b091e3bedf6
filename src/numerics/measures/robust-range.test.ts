import fc from 'fast-check';
import { expect, test } from 'vitest';
import { robustRange } from './robust-range';

test.each([
  // Quartiles 0.955 and 0.975, so the lower fence is 0.955 − 3 × 0.02 = 0.895: only 0.19 lies below.
  ['one failure', [0.19, 0.95, 0.96, 0.97, 0.98, 0.96], 0.01, [0.95, 0.98]],
  // All are equal but one: the least length decides, 0.97 − 3 × 0.01.
  ['equal values', [0.97, 0.97, 0.97, 0.97, 0.9], 0.01, [0.97, 0.97]],
  ['a difference below the least length', [0.97, 0.97, 0.97, 0.97, 0.95], 0.01, [0.95, 0.97]],
  ['an even spread', [0, 1, 2, 3, 4, 5], 0.01, [0, 5]],
  // Without 60 it would be 0 … 40, more than half of 0 … 60.
  ['no gain', [0, 10, 20, 30, 40, 60], 0.01, [0, 60]],
  ['three values', [0, 0, 1], 0.01, [0, 1]],
  ['values above', [1, 2, 2, 3, 2, 2, 900], 0.1, [1, 3]],
])('%s', (_, values, least, range) => {
  expect(robustRange(values, least)).toEqual(range);
});

test('of nothing, and of values that are none', () => {
  expect(robustRange([], 1)).toEqual([Number.NaN, Number.NaN]);
  expect(robustRange([Number.NaN, 1, Number.POSITIVE_INFINITY, 2], 1)).toEqual([1, 2]);
});

test('holds at least half of the values, in any order', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1 }), (values) => {
      const [low, high] = robustRange(values, 5);
      expect(values.filter((value) => value >= low && value <= high).length * 2).toBeGreaterThanOrEqual(values.length);
      expect(robustRange(values.toReversed(), 5)).toEqual([low, high]);
    }),
  );
});
