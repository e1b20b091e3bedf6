import { dot } from './householder';

/**
 * Cholesky decomposition of a symmetric positive definite matrix: A = L Lᵀ with L lower triangular (Golub and Van Loan, "Matrix
 * Computations", 4th edition, section 4.2). Rows are arrays of their own, so that every inner loop runs along one.
 */

export type Rows = readonly Float64Array[];

/** The rows of L: row i has i + 1 numbers. @param a the rows of A; what lies above the diagonal is not read  @throws RangeError if A is not positive definite */
export function cholesky(a: Rows): Rows {
  const rows: Float64Array[] = [];
  for (const [i, own] of a.entries()) {
    const row = new Float64Array(i + 1);
    for (let j = 0; j < i; j++) {
      const above = rows[j] as Float64Array;
      row[j] = ((own[j] as number) - dot(above.subarray(0, j), row)) / (above[j] as number);
    }
    const left = (own[i] as number) - dot(row.subarray(0, i), row);
    if (!(left > 0)) throw new RangeError(`The matrix is not positive definite: row ${i + 1} depends on those above.`);
    row[i] = Math.sqrt(left);
    rows.push(row);
  }
  return rows;
}

/** x with L Lᵀ x = b. */
export function solveCholesky(l: Rows, b: Float64Array): Float64Array {
  const x = b.slice();
  for (const [i, row] of l.entries()) x[i] = ((x[i] as number) - dot(row.subarray(0, i), x)) / (row[i] as number);
  for (let i = l.length - 1; i >= 0; i--) {
    const row = l[i] as Float64Array;
    const value = (x[i] as number) / (row[i] as number);
    x[i] = value;
    for (let k = 0; k < i; k++) x[k] = (x[k] as number) - value * (row[k] as number);
  }
  return x;
}

/** The rows of A⁻¹. */
export function inverseCholesky(l: Rows): Rows {
  return l.map((_, i) => solveCholesky(l, new Float64Array(l.length).fill(1, i, i + 1)));
}
