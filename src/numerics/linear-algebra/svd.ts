/**
 * Singular value decomposition A = U Σ Vᵀ by one-sided Jacobi rotations (Hestenes 1958, "Inversion of matrices by biorthogonalization
 * and related results"; Golub and Van Loan, "Matrix Computations", 4th edition, section 8.6; rows against columns and the QR
 * before it: Drmač and Veselić 2008, "New fast and accurate Jacobi SVD algorithm. I").
 *
 * A rotation of two columns makes them orthogonal. When all pairs are, the lengths of the columns are the singular values. Only
 * + − × ÷ and √ are used, so that the result is the same to the last bit on every machine.
 */
import { dot, householderQr, multiplyByQ, rowOfR, squaredLength } from './householder';

/** Matrices are row after row; k is the smaller one of rows and columns. */
export interface Svd {
  /** rows × k: orthonormal columns. */
  readonly u: Float64Array;
  /** k singular values, descending, at least 0. */
  readonly s: Float64Array;
  /** columns × k: orthonormal columns. */
  readonly v: Float64Array;
}

/** Rounds over all pairs. Some 10 are enough; more would be rounding that never settles. */
const MOST_SWEEPS = 60;

/**
 * The thin singular value decomposition of a real matrix, in double precision. The component of largest magnitude of each column of
 * u (the first of equals) is positive. Where a singular value is 0, that column of v (of u, if there are more columns than rows) is
 * 0 instead of a direction that could be chosen freely. A singular value 10^125 times smaller than the largest number is 0.
 *
 * Time grows as rows × columns × k: 784 × 300 takes about a second, 512 × 512 four.
 * @param a rows × columns, row after row, finite; left as it is
 * @throws RangeError unless a holds rows × columns finite numbers, at least one
 */
export function svd(a: Float64Array | Float32Array, rows: number, columns: number): Svd {
  checkMatrix(a, rows, columns);
  if (rows < columns) {
    const { left, s, right } = tallSvd(columnsOf(a, columns, rows, (i, j) => j * columns + i));
    return packed(right, s, left);
  }
  const { left, s, right } = tallSvd(columnsOf(a, rows, columns, (i, j) => i * columns + j));
  return packed(left, s, right);
}

interface Decomposition {
  /** Singular vectors, one array each. */
  readonly left: readonly Float64Array[];
  readonly s: Float64Array;
  readonly right: readonly Float64Array[];
}

/** The decomposition of a matrix of at least as many rows as columns. Singular values come in no order. Its columns are used up. */
function tallSvd(matrix: readonly Float64Array[]): Decomposition {
  const rows = (matrix[0] as Float64Array).length;
  // Squares of very large or very small numbers do not fit into double precision; a power of two changes no digit.
  const scale = powerOfTwoNear(matrix);
  for (const column of matrix) for (let i = 0; i < rows; i++) column[i] = (column[i] as number) / scale;
  // A = Q R. Jacobi on Rᵀ, which is small and takes fewer sweeps than R: Rᵀ = V Σ Wᵀ, so that A = (Q W) Σ Vᵀ.
  const qr = householderQr(matrix);
  const v = matrix.map((_, j) => rowOfR(qr, j));
  const w = orthogonalize(v);
  const s = Float64Array.from(v, (column) => {
    const norm = Math.sqrt(squaredLength(column));
    if (norm > 0) for (let i = 0; i < column.length; i++) column[i] = (column[i] as number) / norm;
    return norm * scale;
  });
  const left = w.map((column) => {
    const full = new Float64Array(rows);
    full.set(column);
    multiplyByQ(qr, full);
    return full;
  });
  return { left, s, right: v };
}

/**
 * Rotates columns, in their place, until every two are orthogonal.
 * @returns the product of the rotations: X becomes X W, and W has orthonormal columns
 */
function orthogonalize(x: Float64Array[]): Float64Array[] {
  const n = x.length;
  const w = x.map((_, j) => {
    const column = new Float64Array(n);
    column[j] = 1;
    return column;
  });
  // A cosine this small is rounding.
  const tolerance = 4 * Number.EPSILON * Math.sqrt(n);
  for (let sweep = 0, rotated = true; rotated && sweep < MOST_SWEEPS; sweep++) {
    rotated = false;
    const lengths = Float64Array.from(x, cleanLength);
    for (let p = 0; p + 1 < n; p++) {
      bringLongest(p, lengths, x, w);
      for (let q = p + 1; q < n; q++) {
        const xp = x[p] as Float64Array;
        const xq = x[q] as Float64Array;
        const a = lengths[p] as number;
        const b = lengths[q] as number;
        const c = dot(xp, xq);
        if (Math.abs(c) <= tolerance * Math.sqrt(a) * Math.sqrt(b)) continue;
        rotated = true;
        // The tangent of the smaller one of the angles that make the two orthogonal; p, the longer one, gets longer.
        const zeta = (a - b) / (2 * Math.abs(c));
        const tangent = Math.sign(c) / (zeta + Math.sqrt(1 + zeta * zeta));
        const cosine = 1 / Math.sqrt(1 + tangent * tangent);
        rotate(xp, xq, cosine, cosine * tangent);
        rotate(w[p] as Float64Array, w[q] as Float64Array, cosine, cosine * tangent);
        lengths[p] = a + tangent * c;
        // As b − tangent × c it would be a difference of almost equal numbers where two columns are almost parallel.
        lengths[q] = cleanLength(xq);
      }
    }
  }
  return w;
}

/** Exchanges column p with the longest one from p on: long columns first need fewer sweeps (de Rijk 1989). */
function bringLongest(p: number, lengths: Float64Array, x: Float64Array[], w: Float64Array[]): void {
  let longest = p;
  for (let j = p + 1; j < lengths.length; j++) if ((lengths[j] as number) > (lengths[longest] as number)) longest = j;
  swap(lengths, p, longest);
  swap(x, p, longest);
  swap(w, p, longest);
}

function swap<T>(list: { [place: number]: T }, i: number, j: number): void {
  const kept = list[i] as T;
  list[i] = list[j] as T;
  list[j] = kept;
}

/** The squared length of a column, which becomes 0 altogether if it is next to nothing. */
function cleanLength(column: Float64Array): number {
  const length = squaredLength(column);
  if (length === 0) column.fill(0);
  return length;
}

/** (x, y) becomes (x cos + y sin, y cos − x sin). */
function rotate(x: Float64Array, y: Float64Array, cosine: number, sine: number): void {
  for (let i = 0; i < x.length; i++) {
    const a = x[i] as number;
    const b = y[i] as number;
    x[i] = cosine * a + sine * b;
    y[i] = cosine * b - sine * a;
  }
}

/** Sorted by singular value, with the sign of each pair chosen, and written row after row. */
function packed(u: readonly Float64Array[], s: Float64Array, v: readonly Float64Array[]): Svd {
  const order = Array.from(s.keys()).sort((i, j) => (s[j] as number) - (s[i] as number));
  const signs = u.map((column) => {
    const largest = column.reduce((best, x) => (Math.abs(x) > Math.abs(best) ? x : best), 0);
    return largest < 0 ? -1 : 1;
  });
  const rowAfterRow = (vectors: readonly Float64Array[]) => {
    const out = new Float64Array((vectors[0] as Float64Array).length * order.length);
    order.forEach((from, j) => {
      const vector = vectors[from] as Float64Array;
      for (let i = 0; i < vector.length; i++) out[i * order.length + j] = (vector[i] as number) * (signs[from] as number);
    });
    return out;
  };
  return { u: rowAfterRow(u), s: Float64Array.from(order, (from) => s[from] as number), v: rowAfterRow(v) };
}

function checkMatrix(a: Float64Array | Float32Array, rows: number, columns: number): void {
  if (!(Number.isInteger(rows) && Number.isInteger(columns) && rows > 0 && columns > 0 && a.length === rows * columns))
    throw new RangeError(`A matrix of ${rows} rows and ${columns} columns does not have ${a.length} numbers.`);
  const bad = a.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw new RangeError(`Number ${bad} of the matrix is ${a[bad]}; only finite ones have a decomposition.`);
}

/** One array for each of `columns` columns of `rows` numbers. */
function columnsOf(a: ArrayLike<number>, rows: number, columns: number, place: (row: number, column: number) => number): Float64Array[] {
  return Array.from({ length: columns }, (_, j) => Float64Array.from({ length: rows }, (_, i) => a[place(i, j)] as number));
}

/** A power of two with the largest magnitude of the matrix between it and its double, or close to it; 1 for zeros. */
function powerOfTwoNear(matrix: readonly Float64Array[]): number {
  let largest = 0;
  for (const column of matrix) for (const value of column) largest = Math.max(largest, Math.abs(value));
  return largest === 0 ? 1 : 2 ** Math.min(1023, Math.floor(Math.log2(largest)));
}
