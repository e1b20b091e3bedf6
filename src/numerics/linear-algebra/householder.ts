/**
 * QR decomposition by Householder reflections (Householder 1958; Golub and Van Loan, "Matrix Computations", 4th edition, section
 * 5.2.2): A = Q R, with the columns of Q orthonormal and R upper triangular. Q stays a product of reflections
 * H_j = I − τ_j v_j v_jᵀ, which is as good as a matrix to multiply by and takes no place of its own.
 */

export interface HouseholderQr {
  /** Column j of `columns`: R above the diagonal (rows 0 … j − 1), v_j from the diagonal down. */
  readonly columns: readonly Float64Array[];
  /** The diagonal of R. */
  readonly diagonal: Float64Array;
  /** τ_j = 2 / v_jᵀv_j; 0 for a column that has nothing left to reflect. */
  readonly tau: Float64Array;
}

/**
 * Decomposes a matrix of at least as many rows as columns, given as its columns, in their place. Its largest number should be about 1:
 * what is below 10^−125 counts as 0.
 */
export function householderQr(columns: readonly Float64Array[]): HouseholderQr {
  const diagonal = new Float64Array(columns.length);
  const tau = new Float64Array(columns.length);
  columns.forEach((v, j) => {
    const norm = Math.sqrt(squaredLength(v, j));
    if (norm === 0) return;
    // Away from v's first component, so that nothing cancels.
    const first = v[j] as number;
    diagonal[j] = first > 0 ? -norm : norm;
    v[j] = first - (diagonal[j] as number);
    tau[j] = 1 / (norm * (norm + Math.abs(first)));
    for (let k = j + 1; k < columns.length; k++) reflect(columns[k] as Float64Array, v, tau[j] as number, j);
  });
  return { columns, diagonal, tau };
}

/** Row j of R, from 0 to the last column. */
export function rowOfR({ columns, diagonal }: HouseholderQr, j: number): Float64Array {
  return Float64Array.from(columns, (column, k) => (k < j ? 0 : k === j ? (diagonal[j] as number) : (column[j] as number)));
}

/** y becomes Q y, in its place: y has as many numbers as the matrix has rows. */
export function multiplyByQ({ columns, tau }: HouseholderQr, y: Float64Array): void {
  for (let j = columns.length - 1; j >= 0; j--) reflect(y, columns[j] as Float64Array, tau[j] as number, j);
}

/** y −= τ v (vᵀy), where v is 0 before `from`. */
function reflect(y: Float64Array, v: Float64Array, tau: number, from: number): void {
  const part = tau * dot(v, y, from);
  for (let i = from; i < y.length; i++) y[i] = (y[i] as number) - part * (v[i] as number);
}

/** Sums over vectors in double precision. */

/** A squared length below this counts as 0: well above where squares of small numbers lose their digits, 10^−308. */
const NO_LENGTH = 1e-250;

/** aᵀb from component `from` on. Two sums, so that an addition need not wait for the one before it. */
export function dot(a: Float64Array, b: Float64Array, from = 0): number {
  let even = 0;
  let odd = 0;
  const last = a.length - 1;
  let i = from;
  for (; i < last; i += 2) {
    even += (a[i] as number) * (b[i] as number);
    odd += (a[i + 1] as number) * (b[i + 1] as number);
  }
  if (i === last) even += (a[i] as number) * (b[i] as number);
  return even + odd;
}

/** aᵀa from component `from` on; 0 where all of these components are next to 0. */
export function squaredLength(a: Float64Array, from = 0): number {
  const length = dot(a, a, from);
  return length < NO_LENGTH ? 0 : length;
}
