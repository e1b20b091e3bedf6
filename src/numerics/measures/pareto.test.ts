import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dominates, hypervolume, type Point, paretoFront } from './pareto';

const points: fc.Arbitrary<Point[]> = fc.array(fc.record({ x: fc.integer({ min: 0, max: 9 }), y: fc.integer({ min: 0, max: 9 }) }), {
  maxLength: 24,
});

describe('Pareto front', () => {
  test('by hand: fewer bits or more accuracy than all that come before', () => {
    const given = [
      { x: 4, y: 96 },
      { x: 2, y: 90 },
      { x: 3, y: 89 },
      { x: 8, y: 97 },
      { x: 2, y: 80 },
      { x: 4, y: 96 },
    ];
    expect(paretoFront(given)).toEqual([1, 0, 3]);
    expect(paretoFront([])).toEqual([]);
    expect(
      paretoFront([
        { x: Number.NaN, y: 1 },
        { x: 1, y: Number.NaN },
      ]),
    ).toEqual([]);
  });

  test('holds exactly the values that nothing dominates', () => {
    fc.assert(
      fc.property(points, (given) => {
        const front = paretoFront(given).map((i) => given[i]!);
        const best = given.filter((point) => !given.some((other) => dominates(other, point)));
        const unique = (list: readonly Point[]) => [...new Set(list.map(({ x, y }) => `${x} ${y}`))].sort();
        expect(unique(front)).toEqual(unique(best));
        expect(front.length).toBe(unique(best).length);
        for (let i = 1; i < front.length; i++) {
          expect(front[i]!.x).toBeGreaterThan(front[i - 1]!.x);
          expect(front[i]!.y).toBeGreaterThan(front[i - 1]!.y);
        }
      }),
    );
  });
});

describe('hypervolume', () => {
  test('by hand: two steps of a staircase', () => {
    expect(
      hypervolume(
        [
          { x: 1, y: 2 },
          { x: 3, y: 5 },
        ],
        { x: 4, y: 0 },
      ),
    ).toBe(3 * 2 + 1 * 3);
    expect(hypervolume([], { x: 4, y: 0 })).toBe(0);
    expect(
      hypervolume(
        [
          { x: 4, y: 9 },
          { x: 1, y: 0 },
        ],
        { x: 4, y: 0 },
      ),
    ).toBe(0);
    expect(() => hypervolume([], { x: Number.POSITIVE_INFINITY, y: 0 })).toThrow(RangeError);
  });

  test('counts the unit squares that a point dominates', () => {
    fc.assert(
      fc.property(points, fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 }), (given, x, y) => {
        let squares = 0;
        for (let i = 0; i < x; i++) for (let j = y; j < 9; j++) if (given.some((point) => point.x <= i && point.y >= j + 1)) squares += 1;
        expect(hypervolume(given, { x, y })).toBe(squares);
      }),
    );
  });

  const reference = { x: 20, y: -1 };

  test('never falls when a point is added', () => {
    // Multiples of 1/8 within these limits, whose differences, products and sums are exact.
    const eighths = fc.integer({ min: -8e3, max: 8e3 }).map((n) => n / 8);
    fc.assert(
      fc.property(points, fc.record({ x: eighths, y: eighths }), (given, added) => {
        expect(hypervolume([...given, added], reference)).toBeGreaterThanOrEqual(hypervolume(given, reference));
      }),
    );
  });

  test('falls by no more than the rounding of the sum when any point is added', () => {
    fc.assert(
      fc.property(points, fc.record({ x: fc.double({ noNaN: true }), y: fc.double({ noNaN: true }) }), (given, more) => {
        const added = { x: Math.max(-1e3, Math.min(1e3, more.x)), y: Math.max(-1e3, Math.min(1e3, more.y)) };
        expect(hypervolume([...given, added], reference)).toBeGreaterThanOrEqual(hypervolume(given, reference) * (1 - 1e-12));
      }),
    );
  });
});
