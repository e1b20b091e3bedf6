import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { svd } from '../linear-algebra/svd';
import { fillNormal } from '../random/rng';
import { lowRankMacs, lowRankMatrix, lowRankProduct, lowRankProjection, lowRankSaves } from './low-rank';

function normal(count: number, seed: number): Float32Array {
  const values = new Float32Array(count);
  fillNormal(values, seed, 1, 0);
  return values;
}

const size = fc.integer({ min: 1, max: 9 });
/** A matrix and a rank that it can have. */
const shaped = fc.tuple(size, size, fc.nat(1000)).chain(([rows, columns, seed]) =>
  fc.record({
    rows: fc.constant(rows),
    columns: fc.constant(columns),
    rank: fc.integer({ min: 1, max: Math.min(rows, columns) }),
    matrix: fc.constant(normal(rows * columns, seed)),
  }),
);

const distance = (a: ArrayLike<number>, b: ArrayLike<number>) => Array.from(a).reduce((sum, x, i) => sum + (x - b[i]!) ** 2, 0);
const squares = (a: ArrayLike<number>) => Array.from(a).reduce((sum, x) => sum + x * x, 0);

/** The product of the projection's factors. */
function projected(matrix: Float32Array, rows: number, columns: number, rank: number): Float32Array {
  const { left, right } = lowRankProjection(matrix, rows, columns, rank);
  return lowRankMatrix(left, right, rows, rank, columns);
}

/** a b by the definition. */
function multiplied(a: Float32Array, b: Float32Array, rows: number, inner: number, columns: number): number[] {
  return Array.from({ length: rows * columns }, (_, at) => {
    const [i, j] = [Math.floor(at / columns), at % columns];
    let sum = 0;
    for (let k = 0; k < inner; k++) sum += a[i * inner + k]! * b[k * columns + j]!;
    return sum;
  });
}

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, digits: number): void {
  expect(actual.length).toBe(expected.length);
  Array.from(expected).forEach((value, i) => {
    expect(actual[i]).toBeCloseTo(value, digits);
  });
}

describe('the projection', () => {
  test('of a diagonal matrix keeps the largest numbers, their roots in each factor', () => {
    const { left, right } = lowRankProjection(Float32Array.of(4, 0, 0, 0, 1, 0, 0, 0, -9), 3, 3, 2);
    expectClose(left, [0, 2, 0, 0, 3, 0], 6);
    expectClose(right, [0, 0, -3, 2, 0, 0], 6);
  });

  test('of 3 0 / 4 5 to rank 1 is 1.5 1.5 / 4.5 4.5, √5 away', () => {
    const matrix = Float32Array.of(3, 0, 4, 5);
    const one = projected(matrix, 2, 2, 1);
    expectClose(one, [1.5, 1.5, 4.5, 4.5], 5);
    expect(distance(matrix, one)).toBeCloseTo(5, 5);
  });

  test('of zeros is zeros', () => {
    expect([...projected(new Float32Array(6), 2, 3, 2)]).toEqual([0, 0, 0, 0, 0, 0]);
  });

  test('is exact for a matrix of that rank or less', () => {
    fc.assert(
      fc.property(shaped, fc.nat(8), ({ rows, columns, rank }, less) => {
        const own = Math.max(1, rank - less);
        const matrix = lowRankMatrix(normal(rows * own, 1), normal(own * columns, 2), rows, own, columns);
        expectClose(projected(matrix, rows, columns, rank), matrix, 5);
      }),
    );
  });

  test('is as far away as the singular values that are left out', () => {
    fc.assert(
      fc.property(shaped, ({ matrix, rows, columns, rank }) => {
        const { s } = svd(matrix, rows, columns);
        expect(distance(matrix, projected(matrix, rows, columns, rank))).toBeCloseTo(squares(s.slice(rank)), 4);
      }),
    );
  });

  test('of the projection is the projection', () => {
    fc.assert(
      fc.property(shaped, ({ matrix, rows, columns, rank }) => {
        const once = projected(matrix, rows, columns, rank);
        expectClose(projected(once, rows, columns, rank), once, 5);
      }),
    );
  });

  test('has factors that are equally large: LᵀL and R Rᵀ are both the singular values', () => {
    fc.assert(
      fc.property(shaped, ({ matrix, rows, columns, rank }) => {
        const { left, right } = lowRankProjection(matrix, rows, columns, rank);
        const { s } = svd(matrix, rows, columns);
        const diagonal = Array.from({ length: rank * rank }, (_, i) => (i % (rank + 1) === 0 ? s[i / (rank + 1)]! : 0));
        const turned = (a: Float32Array, m: number, n: number) => a.map((_, i) => a[(i % m) * n + Math.floor(i / m)]!);
        expectClose(multiplied(turned(left, rows, rank), left, rank, rows, rank), diagonal, 4);
        expectClose(multiplied(right, turned(right, rank, columns), rank, columns, rank), diagonal, 4);
      }),
    );
  });

  test('is not beaten by other factors, nor by a step of descent from its own', () => {
    fc.assert(
      fc.property(shaped, fc.nat(1000), fc.constantFrom(0, 1e-3, 0.1, 1), ({ matrix, rows, columns, rank }, seed, noise) => {
        const best = lowRankProjection(matrix, rows, columns, rank);
        const least = distance(matrix, lowRankMatrix(best.left, best.right, rows, rank, columns));
        // Noise 1: far from the best factors. Descent on ‖L R − W‖² / 2, whose gradients are E Rᵀ and Lᵀ E.
        const [l, r] = [normal(rows * rank, seed), normal(rank * columns, seed + 1)];
        const left = best.left.map((x, i) => x * (1 - noise) + noise * l[i]!);
        const right = best.right.map((x, i) => x * (1 - noise) + noise * r[i]!);
        const start = distance(matrix, lowRankMatrix(left, right, rows, rank, columns));
        for (let step = 0; step < 50; step++) {
          const error = lowRankMatrix(left, right, rows, rank, columns).map((x, i) => x - matrix[i]!);
          const [before, after] = [left.slice(), right.slice()];
          const rate = 0.1 / (squares(left) + squares(right) + 1);
          for (let i = 0; i < rows; i++)
            for (let j = 0; j < columns; j++)
              for (let k = 0; k < rank; k++) {
                left[i * rank + k]! -= rate * error[i * columns + j]! * after[k * columns + j]!;
                right[k * columns + j]! -= rate * error[i * columns + j]! * before[i * rank + k]!;
              }
          const now = distance(matrix, lowRankMatrix(left, right, rows, rank, columns));
          expect(now).toBeGreaterThan(least * (1 - 1e-4) - 1e-9);
          expect(now).toBeLessThan(start * (1 + 1e-4) + 1e-9);
        }
      }),
      { numRuns: 50 },
    );
  });

  test('does not go farther away with a higher rank', () => {
    const matrix = normal(20 * 12, 3);
    const distances = Array.from({ length: 12 }, (_, r) => distance(matrix, projected(matrix, 20, 12, r + 1)));
    expect(distances).toEqual([...distances].sort((a, b) => b - a));
    expect(distances[11]).toBeLessThan(1e-10);
  });

  test('has a rank from 1 to the smaller side', () => {
    const matrix = normal(6, 1);
    for (const rank of [0, 3, 1.5, Number.NaN]) {
      expect(() => lowRankProjection(matrix, 3, 2, rank)).toThrow(`The rank of a 3 × 2 matrix is 1 to 2, not ${rank}.`);
    }
    expect(() => lowRankProjection(matrix, 4, 2, 1)).toThrow(RangeError);
  });
});

describe('the product', () => {
  test('by hand: (1 2) times (1 / −1) times (3 4) is −3 −4', () => {
    expect([...lowRankProduct(Float32Array.of(1, 2), Float32Array.of(1, -1), Float32Array.of(3, 4), 1, 2, 1, 2)]).toEqual([-3, -4]);
    expect([...lowRankMatrix(Float32Array.of(1, -1), Float32Array.of(3, 4), 2, 1, 2)]).toEqual([3, 4, -3, -4]);
  });

  test('is that of the dense matrix', () => {
    fc.assert(
      fc.property(size, shaped, fc.nat(1000), (n, { rows, columns, rank }, seed) => {
        const [x, left, right] = [normal(n * rows, seed), normal(rows * rank, seed + 1), normal(rank * columns, seed + 2)];
        const dense = lowRankMatrix(left, right, rows, rank, columns);
        expectClose(dense, multiplied(left, right, rows, rank, columns), 5);
        expectClose(lowRankProduct(x, left, right, n, rows, rank, columns), multiplied(x, dense, n, rows, columns), 4);
      }),
    );
  });

  test('refuses arrays of other lengths', () => {
    const one = Float32Array.of(1);
    expect(() => lowRankProduct(one, one, one, 1, 1, 2, 1)).toThrow('1 × 2 numbers are needed for the left factor, and there are 1.');
    expect(() => lowRankProduct(one, one, one, 2, 1, 1, 1)).toThrow(RangeError);
    expect(() => lowRankMatrix(one, one, 1, 1, 2)).toThrow('1 × 2 numbers are needed for the right factor, and there are 1.');
  });
});

test.each([
  [784, 300, 216, true],
  [784, 300, 217, false],
  [100, 10, 9, true],
  [100, 10, 10, false],
  [2, 2, 1, false],
])('%d × %d in rank %d takes less: %s', (rows, columns, rank, saves) => {
  expect(lowRankSaves(rows, columns, rank)).toBe(saves);
  expect(lowRankMacs(rows, columns, rank)).toBe(rank * rows + rank * columns);
});
