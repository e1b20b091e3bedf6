/**
 * LQ-Nets (Zhang et al. 2018, "LQ-Nets: learned quantization for highly accurate and compact deep neural networks",
 * arXiv 1807.10029): levels are the sums of a learned basis v of K numbers, each with a bit of the code. Weights take
 * ±v_1 ± … ± v_K, activations any subset of v. The basis is fitted by alternating nearest levels and least squares.
 */

import { blockCounts, type ScaleGrid, scaleOf } from '../scales/scale-grid';
import { levelCodes, midpoints } from './levels';

/** What a bit that is not set counts: −1 for weights, 0 for activations. */
export type LowBit = -1 | 0;

/** Weight of the old basis in the least squares, for each value: keeps them solvable where a bit is never used. */
export const RIDGE = 1e-4;
/** Share of the old basis that a training step keeps (section 3.2). */
export const BASIS_KEEP = 0.9;
/** The median magnitude of a standard normal number. */
const MEDIAN_MAGNITUDE = 0.6745;
/** Alternations when a basis is fitted to given values. */
const FIT_ITERATIONS = 20;

/** The levels of one codebook in ascending order, and the code of each. */
export interface BasisLevels {
  readonly levels: Float32Array;
  readonly codes: Int32Array;
}

/**
 * Sums of the basis, one codebook for each block, sorted; equal levels in the order of their codes. Added in float32, v_1 first.
 * @param basis blocks × bits
 */
export function basisLevels(basis: Float32Array, bits: number, low: LowBit): BasisLevels {
  const size = 2 ** bits;
  const codebooks = basis.length / bits;
  const levels = new Float32Array(codebooks * size);
  const codes = new Int32Array(codebooks * size);
  for (let codebook = 0; codebook < codebooks; codebook++) {
    const sums = Float32Array.from({ length: size }, (_, code) => levelOf(basis, codebook * bits, bits, code, low));
    const order = Array.from(sums.keys()).sort((a, b) => (sums[a] as number) - (sums[b] as number) || a - b);
    for (const [rank, code] of order.entries()) {
      levels[codebook * size + rank] = sums[code] as number;
      codes[codebook * size + rank] = code;
    }
  }
  return { levels, codes };
}

function levelOf(basis: Float32Array, start: number, bits: number, code: number, low: LowBit): number {
  let sum = 0;
  for (let j = 0; j < bits; j++) sum = Math.fround(sum + bitOf(code, j, low) * (basis[start + j] as number));
  return sum;
}

function bitOf(code: number, j: number, low: LowBit): number {
  return ((code >> j) & 1) === 1 ? 1 : low;
}

/**
 * Codes of the nearest levels; bit j represents basis vector j.
 * @throws RangeError if a value is not finite
 */
export function basisCodes(values: Float32Array, basis: Float32Array, bits: number, grid: ScaleGrid, low: LowBit = -1): Int32Array {
  const size = 2 ** bits;
  const { levels, codes } = basisLevels(basis, bits, low);
  const places = levelCodes(values, midpoints(levels, size), size, grid);
  return places.map((rank, i) => codes[scaleOf(grid, i) * size + rank] as number);
}

/** The values that codes represent. */
export function decodeBasis(codes: Int32Array, basis: Float32Array, bits: number, grid: ScaleGrid, low: LowBit = -1): Float32Array {
  return Float32Array.from(codes, (code, i) => levelOf(basis, scaleOf(grid, i) * bits, bits, code, low));
}

/**
 * The basis of least squares for these codes: (BᵀB/n + λI)⁻¹ (Bᵀx/n + λv) for each block, λ = 1e-4 (section 3.2; the
 * published code adds λ to the sums over all n, where float32 loses it). The fixed points are the same. Double precision.
 */
export function refitBasis(
  values: Float32Array,
  codes: Int32Array,
  basis: Float32Array,
  bits: number,
  grid: ScaleGrid,
  low: LowBit = -1,
): Float32Array {
  const counts = blockCounts(values.length, grid);
  const products = Array.from({ length: grid.scales }, () => new Float64Array(bits * bits));
  const targets = Array.from({ length: grid.scales }, () => new Float64Array(bits));
  for (let i = 0; i < values.length; i++) {
    const block = scaleOf(grid, i);
    const code = codes[i] as number;
    const [product, target] = [products[block] as Float64Array, targets[block] as Float64Array];
    for (let j = 0; j < bits; j++) {
      const bit = bitOf(code, j, low);
      target[j] = (target[j] as number) + bit * (values[i] as number);
      for (let k = 0; k < bits; k++) product[j * bits + k] = (product[j * bits + k] as number) + bit * bitOf(code, k, low);
    }
  }
  const fitted = new Float32Array(basis.length);
  for (let block = 0; block < grid.scales; block++) {
    const n = Math.max(1, counts[block] as number);
    const matrix = (products[block] as Float64Array).map((sum, at) => sum / n + (at % (bits + 1) === 0 ? RIDGE : 0));
    const right = (targets[block] as Float64Array).map((sum, j) => sum / n + RIDGE * (basis[block * bits + j] as number));
    fitted.set(solved(matrix, right), block * bits);
  }
  return fitted;
}

/** Solves A x = y for a symmetric positive definite A, by elimination without pivots. Overwrites both. */
function solved(matrix: Float64Array, right: Float64Array): Float64Array {
  const n = right.length;
  for (let p = 0; p < n; p++) {
    for (let row = p + 1; row < n; row++) {
      const factor = (matrix[row * n + p] as number) / (matrix[p * n + p] as number);
      for (let k = p; k < n; k++) matrix[row * n + k] = (matrix[row * n + k] as number) - factor * (matrix[p * n + k] as number);
      right[row] = (right[row] as number) - factor * (right[p] as number);
    }
  }
  for (let p = n - 1; p >= 0; p--) {
    let rest = right[p] as number;
    for (let k = p + 1; k < n; k++) rest -= (matrix[p * n + k] as number) * (right[k] as number);
    right[p] = rest / (matrix[p * n + p] as number);
  }
  return right;
}

/** One training step's basis: 0.9 × old + 0.1 × refitted. */
export function movedBasis(values: Float32Array, basis: Float32Array, bits: number, grid: ScaleGrid, low: LowBit = -1): Float32Array {
  const fitted = refitBasis(values, basisCodes(values, basis, bits, grid, low), basis, bits, grid, low);
  return basis.map((old, i) => BASIS_KEEP * old + (1 - BASIS_KEEP) * (fitted[i] as number));
}

/**
 * Where the published code begins, for values of this standard deviation: weights 2^j × 0.6745 σ / 2^(K−1), with σ = √(2/n) as
 * they are initialized; activations 2^j × 0.6745 × 2σ / (2^K − 1).
 */
export function initialBasis(bits: number, deviation: number, low: LowBit): Float32Array {
  const unit = low === -1 ? (MEDIAN_MAGNITUDE * deviation) / 2 ** (bits - 1) : (MEDIAN_MAGNITUDE * 2 * deviation) / (2 ** bits - 1);
  return Float32Array.from({ length: bits }, (_, j) => unit * 2 ** j);
}

/** A basis for each block, fitted to the values: the start above for the block's root mean square, then 20 alternations. */
export function fitBasis(values: Float32Array, bits: number, grid: ScaleGrid, low: LowBit = -1): Float32Array {
  const squares = new Float64Array(grid.scales);
  const counts = blockCounts(values.length, grid);
  for (let i = 0; i < values.length; i++) {
    const block = scaleOf(grid, i);
    squares[block] = (squares[block] as number) + (values[i] as number) ** 2;
  }
  let basis: Float32Array = new Float32Array(grid.scales * bits);
  for (let block = 0; block < grid.scales; block++) {
    const deviation = Math.sqrt((squares[block] as number) / Math.max(1, counts[block] as number));
    basis.set(initialBasis(bits, deviation, low), block * bits);
  }
  for (let i = 0; i < FIT_ITERATIONS; i++) basis = refitBasis(values, basisCodes(values, basis, bits, grid, low), basis, bits, grid, low);
  return basis;
}
