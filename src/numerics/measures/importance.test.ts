import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { varianceExplained } from './importance';

const grid = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
];

describe('variance explained', () => {
  test.each([
    // Only the first factor: 0 0 1 1 has SS 1, its level means 0 and 1 have 2 × 0.25 + 2 × 0.25.
    [
      [0, 0, 1, 1],
      [1, 0],
    ],
    [
      [0, 1, 0, 1],
      [0, 1],
    ],
    // Additive, 2a + b: SS 5, of which the first factor has 4 and the second 1.
    [
      [0, 1, 2, 3],
      [0.8, 0.2],
    ],
    // Only the combination matters: no factor by itself explains anything.
    [
      [0, 1, 1, 0],
      [0, 0],
    ],
  ])('of %j is %j', (values, expected) => {
    const shares = varianceExplained(values, grid);
    for (const f of [0, 1]) expect(shares[f]).toBeCloseTo(expected[f] as number, 12);
  });

  test('with levels of different counts: means 1, 3 and 8 of 2, 1 and 1 values', () => {
    // Values 0 2 3 8, mean 3.25: SS 34.75; between 2 × 2.25² + 0.25² + 4.75² = 32.75.
    expect(varianceExplained([0, 2, 3, 8], [[0], [0], [1], [2]])[0]).toBeCloseTo(32.75 / 34.75, 12);
  });

  test('is not a number where nothing varies', () => {
    expect(varianceExplained([0.1, 0.1, 0.1], [[0], [1], [2]])).toEqual([Number.NaN]);
    expect(varianceExplained([5], [[0]])).toEqual([Number.NaN]);
    expect(varianceExplained([], [])).toEqual([]);
  });

  test('shares of a full grid lie in 0 … 1, add up to at most 1, and do not change with unit and zero of the values', () => {
    const values = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 12, maxLength: 12 });
    const levels = Array.from({ length: 12 }, (_, i) => [i % 2, Math.floor(i / 2) % 3, Math.floor(i / 6)]);
    fc.assert(
      fc.property(values, (list) => {
        const shares = varianceExplained(list, levels);
        if (shares.some(Number.isNaN)) {
          expect(new Set(list).size).toBe(1);
          return;
        }
        for (const share of shares) expect(share).toBeGreaterThanOrEqual(0);
        expect(shares.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(1 + 1e-9);
        const other = list.map((x) => 3 * x - 7);
        for (const [f, share] of varianceExplained(other, levels).entries()) expect(share).toBeCloseTo(shares[f] as number, 9);
      }),
    );
  });
});
