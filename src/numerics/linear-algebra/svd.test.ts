import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fillNormal, permutation } from '../random/rng';
import { dot } from './householder';
import { svd } from './svd';

interface Matrix {
  readonly a: Float64Array;
  readonly rows: number;
  readonly columns: number;
}

function normal(rows: number, columns: number, seed: number): Matrix {
  const values = new Float32Array(rows * columns);
  fillNormal(values, seed, 1, 0);
  return { a: Float64Array.from(values), rows, columns };
}

/** Integers make many matrices of less than full rank. */
const matrix = fc.tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 8 })).chain(([rows, columns]) =>
  fc.record({
    a: fc
      .array(fc.oneof(fc.integer({ min: -2, max: 2 }), fc.double({ min: -9, max: 9, noNaN: true })), {
        minLength: rows * columns,
        maxLength: rows * columns,
      })
      .map((list) => Float64Array.from(list)),
    rows: fc.constant(rows),
    columns: fc.constant(columns),
  }),
);

const squares = (x: ArrayLike<number>) => Array.from(x).reduce((sum, value) => sum + value * value, 0);

/** Largest difference from the identity of the products of columns; a column of zeros is left out. */
function skew(x: Float64Array, k: number): number {
  const columns = Array.from({ length: k }, (_, j) => x.filter((_, i) => i % k === j)).filter((column) => squares(column) > 0);
  const products = columns.flatMap((a, i) => columns.slice(0, i + 1).map((b, j) => dot(a, b) - (i === j ? 1 : 0)));
  return Math.max(0, ...products.map(Math.abs));
}

/** Largest difference of U Σ Vᵀ from the matrix, in parts of its norm. */
function misfit({ a, rows, columns }: Matrix): number {
  const { u, s, v } = svd(a, rows, columns);
  const k = s.length;
  let worst = 0;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      let sum = 0;
      for (let c = 0; c < k; c++) sum += u[i * k + c]! * s[c]! * v[j * k + c]!;
      worst = Math.max(worst, Math.abs(sum - a[i * columns + j]!));
    }
  }
  return worst / (Math.sqrt(squares(a)) || 1);
}

const transposed = ({ a, rows, columns }: Matrix): Matrix => ({
  a: Float64Array.from(a, (_, i) => a[(i % rows) * columns + Math.floor(i / rows)]!),
  rows: columns,
  columns: rows,
});

function expectClose(actual: ArrayLike<number>, expected: readonly number[], digits = 13): void {
  expect(actual.length).toBe(expected.length);
  expected.forEach((value, i) => {
    expect(actual[i]).toBeCloseTo(value, digits);
  });
}

describe('known decompositions', () => {
  test('a diagonal matrix: its magnitudes in order; the sign goes to v', () => {
    const { u, s, v } = svd(Float64Array.of(2, 0, 0, 0, -3, 0, 0, 0, 1), 3, 3);
    expectClose(s, [3, 2, 1]);
    expectClose(u, [0, 1, 0, 1, 0, 0, 0, 0, 1]);
    expectClose(v, [0, 1, 0, -1, 0, 0, 0, 0, 1]);
  });

  test('3 0 / 4 5: singular values 3 √5 and √5', () => {
    const { u, s, v } = svd(Float64Array.of(3, 0, 4, 5), 2, 2);
    expectClose(s, [3 * Math.sqrt(5), Math.sqrt(5)]);
    const [ten, two] = [Math.sqrt(10), Math.sqrt(2)];
    expectClose(u, [1 / ten, 3 / ten, 3 / ten, -1 / ten]);
    expectClose(v, [1 / two, 1 / two, 1 / two, -1 / two]);
  });

  test.each([4, -4])('rows of equal length, 3 %d / 0 5', (x) => {
    expectClose(svd(Float64Array.of(3, x, 0, 5), 2, 2).s, [3 * Math.sqrt(5), Math.sqrt(5)]);
    // The same beside a third direction: 45 and 5 are eigenvalues of 25 20 / 20 25, and 16 of itself.
    expectClose(svd(Float64Array.of(3, x, 0, 0, 5, 0, 0, 0, 4), 3, 3).s, [3 * Math.sqrt(5), 4, Math.sqrt(5)]);
  });

  test('1 2 / 3 4 / 5 6: AᵀA = 35 44 / 44 56 has the eigenvalues (91 ± √8185) / 2', () => {
    const { u, s, v } = svd(Float32Array.of(1, 2, 3, 4, 5, 6), 3, 2);
    expectClose(s, [Math.sqrt((91 + Math.sqrt(8185)) / 2), Math.sqrt((91 - Math.sqrt(8185)) / 2)]);
    expectClose(u, [0.2298477, 0.883461, 0.5247448, 0.2407825, 0.8196419, -0.401896], 7);
    expectClose(v, [0.6196295, -0.7848945, 0.7848945, 0.6196295], 7);
  });

  test('differences of neighbours, 31 × 30: 2 sin(k π / 62)', () => {
    const [rows, columns] = [31, 30];
    const a = new Float64Array(rows * columns);
    for (let j = 0; j < columns; j++) {
      a[j * columns + j] = 1;
      a[(j + 1) * columns + j] = -1;
    }
    expectClose(
      svd(a, rows, columns).s,
      Array.from({ length: columns }, (_, j) => 2 * Math.sin(((columns - j) * Math.PI) / 62)),
    );
  });

  test('one row, one column, one number', () => {
    expectClose(svd(Float64Array.of(3, -4), 1, 2).s, [5]);
    expectClose(svd(Float64Array.of(3, -4), 1, 2).v, [0.6, -0.8]);
    expectClose(svd(Float64Array.of(3, -4), 2, 1).u, [-0.6, 0.8]);
    expect(svd(Float64Array.of(-2), 1, 1)).toEqual({ u: Float64Array.of(1), s: Float64Array.of(2), v: Float64Array.of(-1) });
  });

  test('zeros have no direction', () => {
    for (const [rows, columns] of [
      [3, 2],
      [2, 3],
    ] as const) {
      const { u, s, v } = svd(new Float64Array(6), rows, columns);
      expect([...s]).toEqual([0, 0]);
      expect(squares(rows > columns ? v : u)).toBe(0);
    }
  });

  test('all ones, 40 × 30: one singular value √1200, the others rounding', () => {
    const ones = { a: new Float64Array(1200).fill(1), rows: 40, columns: 30 };
    const { u, s, v } = svd(ones.a, ones.rows, ones.columns);
    expect(s[0]).toBeCloseTo(Math.sqrt(1200), 12);
    expect(Math.max(...s.slice(1))).toBeLessThan(1e-13);
    expect(misfit(ones)).toBeLessThan(1e-14);
    expect(Math.max(skew(u, 30), skew(v, 30))).toBeLessThan(1e-13);
  });

  test.each([1e-300, 1e-160, 1e160, 1e300])('numbers around %f keep their digits', (scale) => {
    const { s } = svd(Float64Array.of(3 * scale, 0, 4 * scale, 5 * scale), 2, 2);
    expectClose(
      s.map((value) => value / scale),
      [3 * Math.sqrt(5), Math.sqrt(5)],
    );
  });

  test('a small singular value beside a large one is as exact', () => {
    expect([...svd(Float64Array.of(1, 0, 0, 1e-100), 2, 2).s]).toEqual([1, 1e-100]);
    expect([...svd(Float64Array.of(1, 1e-200, 1e-200, 1e-200), 2, 2).s]).toEqual([1, 0]);
  });
});

describe('every matrix', () => {
  test('is U Σ Vᵀ, with orthonormal columns, values descending and at least 0', () => {
    fc.assert(
      fc.property(matrix, (m) => {
        const { u, s, v } = svd(m.a, m.rows, m.columns);
        const k = Math.min(m.rows, m.columns);
        expect([u.length, s.length, v.length]).toEqual([m.rows * k, k, m.columns * k]);
        expect(misfit(m)).toBeLessThan(1e-14);
        expect(Math.max(skew(u, k), skew(v, k))).toBeLessThan(1e-13);
        expect([...s]).toEqual([...s].sort((a, b) => b - a));
        expect(s[k - 1]).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 500 },
    );
  });

  test('has the norm of its singular values', () => {
    fc.assert(
      fc.property(matrix, ({ a, rows, columns }) => {
        expect(Math.sqrt(squares(svd(a, rows, columns).s))).toBeCloseTo(Math.sqrt(squares(a)), 11);
      }),
    );
  });

  test('of two columns: the squares are the eigenvalues of AᵀA', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.double({ min: -5, max: 5, noNaN: true }), fc.integer({ min: -5, max: 5 })), { minLength: 2, maxLength: 9 }),
        (pairs) => {
          const { s } = svd(Float64Array.from(pairs.flat()), pairs.length, 2);
          const dot = (i: 0 | 1, j: 0 | 1) => pairs.reduce((sum, pair) => sum + pair[i] * pair[j], 0);
          const [p, q, r] = [dot(0, 0), dot(1, 1), dot(0, 1)];
          const root = Math.sqrt((p - q) ** 2 + 4 * r * r);
          expect(s[0]! ** 2).toBeCloseTo((p + q + root) / 2, 10);
          expect(s[1]! ** 2).toBeCloseTo((p + q - root) / 2, 10);
        },
      ),
    );
  });

  test('has the same singular values with rows and columns in another order, and transposed', () => {
    fc.assert(
      fc.property(matrix, fc.nat(1000), (m, seed) => {
        const [row, column] = [permutation(m.rows, seed, 1, 0), permutation(m.columns, seed, 1, 1)];
        const mixed = m.a.map((_, i) => m.a[row[Math.floor(i / m.columns)]! * m.columns + column[i % m.columns]!]!);
        const s = [...svd(m.a, m.rows, m.columns).s];
        expectClose(svd(mixed, m.rows, m.columns).s, s, 11);
        const other = transposed(m);
        expectClose(svd(other.a, other.rows, other.columns).s, s, 11);
      }),
    );
  });

  test('has the largest component of every column of u positive', () => {
    fc.assert(
      fc.property(matrix, ({ a, rows, columns }) => {
        const { u, s } = svd(a, rows, columns);
        for (let j = 0; j < s.length; j++) {
          const column = u.filter((_, i) => i % s.length === j);
          expect(Math.max(...column)).toBe(Math.max(...column.map(Math.abs)));
        }
      }),
    );
  });

  test('is left as it is, and gives the same numbers again', () => {
    const { a, rows, columns } = normal(12, 7, 1);
    const before = a.slice();
    expect(svd(a, rows, columns)).toEqual(svd(before, rows, columns));
    expect(a).toEqual(before);
  });
});

test.each([
  [120, 60],
  [60, 120],
  [80, 80],
])('%d × %d normal numbers, and the same of rank 5', (rows, columns) => {
  const full = normal(rows, columns, 7);
  const [l, r] = [normal(rows, 5, 8), normal(5, columns, 9)];
  const thin: Matrix = {
    ...full,
    a: full.a.map((_, i) =>
      [0, 1, 2, 3, 4].reduce((sum, c) => sum + l.a[Math.floor(i / columns) * 5 + c]! * r.a[c * columns + (i % columns)]!, 0),
    ),
  };
  for (const m of [full, thin]) {
    const { u, s, v } = svd(m.a, rows, columns);
    expect(misfit(m)).toBeLessThan(1e-13);
    expect(Math.max(skew(u, s.length), skew(v, s.length))).toBeLessThan(1e-13);
  }
  const { s } = svd(thin.a, rows, columns);
  expect(s[4]).toBeGreaterThan(1);
  expect(s[5]).toBeLessThan(1e-12);
});

test('what is no matrix is refused in a sentence', () => {
  expect(() => svd(new Float64Array(5), 2, 3)).toThrow('A matrix of 2 rows and 3 columns does not have 5 numbers.');
  expect(() => svd(new Float64Array(0), 0, 3)).toThrow(RangeError);
  expect(() => svd(Float64Array.of(1, Number.NaN), 1, 2)).toThrow('Number 1 of the matrix is NaN; only finite ones have a decomposition.');
  expect(() => svd(Float64Array.of(Number.POSITIVE_INFINITY), 1, 1)).toThrow(RangeError);
});
