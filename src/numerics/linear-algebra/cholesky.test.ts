import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cholesky, inverseCholesky, type Rows, solveCholesky } from './cholesky';

const rows = (...values: readonly (readonly number[])[]): Rows => values.map((row) => Float64Array.from(row));

describe('Cholesky', () => {
  test('by hand: [[4, 2], [2, 10]] is [[2, 0], [1, 3]] times its transpose', () => {
    const l = cholesky(rows([4, 2], [2, 10]));
    expect(l).toEqual(rows([2], [1, 3]));
    expect([...solveCholesky(l, Float64Array.of(8, 22))]).toEqual([1, 2]);
    const [first, second] = inverseCholesky(l);
    expect(first![0]).toBeCloseTo(10 / 36, 12);
    expect(first![1]).toBeCloseTo(-2 / 36, 12);
    expect(second![1]).toBeCloseTo(4 / 36, 12);
  });

  test('a matrix that is not positive definite is refused', () => {
    expect(() => cholesky(rows([1, 2], [2, 4]))).toThrow('The matrix is not positive definite: row 2 depends on those above.');
    expect(() => cholesky(rows([Number.NaN]))).toThrow(RangeError);
  });

  test('A x = b for A = B Bᵀ + I, and A A⁻¹ = 1', () => {
    const vector = fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(fc.array(vector, { minLength: 5, maxLength: 5 }), vector, (b, x) => {
        const a = b.map((row, i) => b.map((other, j) => row.reduce((sum, value, k) => sum + value * other[k]!, i === j ? 1 : 0)));
        const l = cholesky(rows(...a));
        const times = (v: ArrayLike<number>) => a.map((row) => row.reduce((sum, value, k) => sum + value * v[k]!, 0));
        const found = solveCholesky(l, Float64Array.from(times(x)));
        for (const [i, value] of x.entries()) expect(found[i]).toBeCloseTo(value, 6);
        inverseCholesky(l).forEach((column, j) => {
          times(column).forEach((value, i) => {
            expect(value).toBeCloseTo(i === j ? 1 : 0, 6);
          });
        });
      }),
    );
  });
});
