import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blockScores, deviationOfKept, gradualAmount, keepAbove, keepNOfM, keptBlocks, weightsOfBlocks } from './patterns';

test('gradual amounts: 90 % in three rounds are 63.3, 86.7 and 90 %', () => {
  const amounts = [1, 2, 3].map((round) => Math.round(10 * gradualAmount(90, round, 3)) / 10);
  expect(amounts).toEqual([63.3, 86.7, 90]);
  expect(gradualAmount(90, 1, 1)).toBe(90);
});

test('a threshold keeps what is not below it; nothing comes back', () => {
  const scores = Float32Array.of(0.1, 0.5, 0.25, 0.9);
  expect([...keepAbove(scores, undefined, 0.25)]).toEqual([0, 1, 1, 1]);
  expect([...keepAbove(scores, Uint8Array.of(1, 0, 1, 1), 0.25)]).toEqual([0, 0, 1, 1]);
  expect(() => keepAbove(Float32Array.of(Number.NaN), undefined, 0)).toThrow('NaN');
});

test('the standard deviation is that of the kept weights', () => {
  expect(deviationOfKept(Float32Array.of(1, 3, 99), Uint8Array.of(1, 1, 0))).toBeCloseTo(1, 6);
  expect(deviationOfKept(Float32Array.of(2, 4, 4, 4, 5, 5, 7, 9), undefined)).toBeCloseTo(2, 6);
  expect(deviationOfKept(new Float32Array(3), new Uint8Array(3))).toBe(0);
});

describe('N of M', () => {
  test('2 of 4 down each column, by hand; the two left over keep one', () => {
    // Columns: 1 4 2 3 | 9 8 and 5 5 6 5 | 1 2.
    const scores = Float32Array.of(1, 5, 4, 5, 2, 6, 3, 5, 9, 1, 8, 2);
    expect([...keepNOfM(scores, undefined, 2, 2, 4)]).toEqual([0, 1, 1, 0, 0, 1, 1, 0, 1, 0, 0, 1]);
  });

  test('no group keeps more than N, and masks nest', () => {
    fc.assert(
      fc.property(fc.array(fc.float({ noNaN: true }), { minLength: 24, maxLength: 24 }), fc.integer({ min: 1, max: 4 }), (list, n) => {
        const scores = Float32Array.from(list);
        const mask = keepNOfM(scores, undefined, 3, n, 4);
        for (let column = 0; column < 3; column++)
          for (const from of [0, 4]) expect([0, 1, 2, 3].reduce((sum, i) => sum + mask[(from + i) * 3 + column]!, 0)).toBe(n);
        const again = keepNOfM(scores, mask, 3, 1, 4);
        for (const [i, keep] of again.entries()) expect(keep).toBeLessThanOrEqual(mask[i]!);
      }),
    );
  });
});

test('blocks: mean scores, edges, and back to weights', () => {
  const grid = { columns: 3, blockRows: 2, blockColumns: 2 };
  const scores = Float32Array.of(1, 2, 10, 3, 4, 20, 7, 9, 5);
  expect([...blockScores(scores, grid)]).toEqual([2.5, 15, 8, 5]);
  expect([...weightsOfBlocks(Uint8Array.of(0, 1, 1, 0), undefined, 9, grid)]).toEqual([0, 0, 1, 0, 0, 1, 1, 1, 0]);
  expect([...keptBlocks(Uint8Array.of(0, 0, 1, 0, 0, 0, 0, 1, 0), grid)!]).toEqual([0, 1, 1, 0]);
  expect(keptBlocks(undefined, grid)).toBeUndefined();
});
