import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LevelFlips } from './level-flips';

const inspections = (...levels: number[][]) => {
  const flips = new LevelFlips();
  return levels.map((inspection) => flips.next(Int32Array.from(inspection)));
};

describe('level flips', () => {
  test('nothing is known at the first look', () => {
    expect(inspections([1, 2, 3])).toEqual([null]);
  });

  test('a weight that comes back oscillates, one that continues does not', () => {
    expect(inspections([0, 0, 0, 5], [1, 1, 0, 5], [0, 2, 0, 5], [0, 3, 1, 5])).toEqual([
      null,
      { changed: 2, returned: 0 },
      { changed: 2, returned: 1 },
      { changed: 2, returned: 0 },
    ]);
  });

  test('the last direction is remembered over quiet inspections', () => {
    expect(inspections([0], [1], [1], [1], [0]).at(-1)).toEqual({ changed: 1, returned: 1 });
  });

  test('coming back half of the way is coming back', () => {
    expect(inspections([0], [4], [2]).at(-1)).toEqual({ changed: 1, returned: 1 });
  });

  test('another number of weights begins again', () => {
    const [, , third, fourth] = inspections([0, 1], [1, 1], [0, 1, 2], [1, 1, 2]);
    expect([third, fourth]).toEqual([null, { changed: 1, returned: 0 }]);
  });

  test('there are never more returns than changes, nor more changes than weights', () => {
    const inspection = fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(fc.array(inspection, { minLength: 2, maxLength: 8 }), (levels) => {
        for (const flips of inspections(...levels).slice(1)) {
          expect(flips!.returned).toBeLessThanOrEqual(flips!.changed);
          expect(flips!.changed).toBeLessThanOrEqual(5);
        }
      }),
    );
  });
});
