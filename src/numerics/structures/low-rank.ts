/**
 * A matrix as the product of two thin ones, W ≈ L R: r (n + m) numbers in place of n m (Denton et al. 2014, "Exploiting linear
 * structure within convolutional networks for efficient evaluation", arXiv 1404.0736). All matrices are row after row.
 */
import { svd } from '../linear-algebra/svd';

export interface LowRankFactors {
  /** rows × rank. */
  readonly left: Float32Array;
  /** rank × columns. */
  readonly right: Float32Array;
}

/**
 * The factors whose product has the least squared distance from the matrix: L = U √Σ and R = √Σ Vᵀ with the `rank` largest singular
 * values (Eckart and Young 1936, "The approximation of one matrix by another of lower rank"). The squared distance is the sum of the
 * squares of the other singular values. √Σ on both sides makes the factors equally large, so that one learning rate suits both.
 * Computed in double precision and rounded to float32.
 * @param matrix rows × columns, finite  @param rank 1 … the smaller one of rows and columns
 * @throws RangeError otherwise
 */
export function lowRankProjection(matrix: Float32Array, rows: number, columns: number, rank: number): LowRankFactors {
  const k = Math.min(rows, columns);
  if (!(Number.isInteger(rank) && rank >= 1 && rank <= k))
    throw new RangeError(`The rank of a ${rows} × ${columns} matrix is 1 to ${k}, not ${rank}.`);
  const { u, s, v } = svd(matrix, rows, columns);
  const left = new Float32Array(rows * rank);
  const right = new Float32Array(rank * columns);
  for (let r = 0; r < rank; r++) {
    const root = Math.sqrt(s[r] as number);
    for (let i = 0; i < rows; i++) left[i * rank + r] = (u[i * k + r] as number) * root;
    for (let j = 0; j < columns; j++) right[r * columns + j] = (v[j * k + r] as number) * root;
  }
  return { left, right };
}

/**
 * (x L) R: what a dense layer computes with the factors, n × columns. Sums are double precision, x L too; the result is rounded to
 * float32.
 * @param x n × rows  @param left rows × rank  @param right rank × columns
 * @throws RangeError for an array of another length
 */
export function lowRankProduct(
  x: Float32Array,
  left: Float32Array,
  right: Float32Array,
  n: number,
  rows: number,
  rank: number,
  columns: number,
): Float32Array {
  checkLength('x', x, n, rows);
  checkLength('the left factor', left, rows, rank);
  checkLength('the right factor', right, rank, columns);
  return Float32Array.from(product(product(x, left, n, rows, rank), right, n, rank, columns));
}

/**
 * L R: the matrix that the factors represent, rows × columns. Sums are double precision; the result is rounded to float32.
 * @param left rows × rank  @param right rank × columns
 * @throws RangeError for an array of another length
 */
export function lowRankMatrix(left: Float32Array, right: Float32Array, rows: number, rank: number, columns: number): Float32Array {
  checkLength('the left factor', left, rows, rank);
  checkLength('the right factor', right, rank, columns);
  return Float32Array.from(product(left, right, rows, rank, columns));
}

/** Whether the factors have fewer numbers than the matrix: r (n + m) < n m. */
export function lowRankSaves(rows: number, columns: number, rank: number): boolean {
  return rank * (rows + columns) < rows * columns;
}

/** Multiplications with an addition for one example: r (n + m), as many as the factors have numbers. */
export function lowRankMacs(rows: number, columns: number, rank: number): number {
  return rank * (rows + columns);
}

/** a b, in double precision: a is rows × inner, b is inner × columns. */
function product(a: Float32Array | Float64Array, b: Float32Array, rows: number, inner: number, columns: number): Float64Array {
  const out = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < inner; k++) {
      const factor = a[i * inner + k] as number;
      for (let j = 0; j < columns; j++) {
        out[i * columns + j] = (out[i * columns + j] as number) + factor * (b[k * columns + j] as number);
      }
    }
  }
  return out;
}

function checkLength(name: string, values: Float32Array, rows: number, columns: number): void {
  if (values.length !== rows * columns)
    throw new RangeError(`${rows} × ${columns} numbers are needed for ${name}, and there are ${values.length}.`);
}
