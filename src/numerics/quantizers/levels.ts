import { type ScaleGrid, scaleOf } from '../scales/scale-grid';

/** Rounding to the nearest of a few levels of any spacing: codebooks, powers of two, sums of a basis. */

/**
 * Thresholds between neighbouring levels: their midpoints, in float32. Codebooks lie one after another, each in ascending order.
 * @param size levels in a codebook  @returns size − 1 thresholds for each codebook
 */
export function midpoints(levels: Float32Array, size: number): Float32Array {
  const codebooks = levels.length / size;
  const thresholds = new Float32Array(codebooks * (size - 1));
  for (let codebook = 0; codebook < codebooks; codebook++) {
    for (let i = 0; i < size - 1; i++) {
      const at = codebook * size + i;
      thresholds[codebook * (size - 1) + i] = Math.fround((levels[at] as number) + (levels[at + 1] as number)) * 0.5;
    }
  }
  return thresholds;
}

/**
 * The place of each value among the thresholds of its block: how many are below it. A value on a threshold goes to the lower
 * level. Thresholds ascend.
 * @param thresholds `size` − 1 for each block
 * @throws RangeError if a value is not finite
 */
export function levelCodes(values: Float32Array, thresholds: Float32Array, size: number, grid: ScaleGrid): Int32Array {
  const codes = new Int32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (!Number.isFinite(value)) throw new RangeError(`Value ${i} is ${value}; only finite numbers can be quantized.`);
    const start = grid.scales === 1 ? 0 : scaleOf(grid, i) * (size - 1);
    codes[i] = countBelow(value, thresholds, start, size - 1);
  }
  return codes;
}

/** How many of `count` ascending thresholds from `start` on are below the value: a binary search. */
export function countBelow(value: number, thresholds: Float32Array, start: number, count: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((thresholds[start + middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The levels that codes represent. */
export function decodeLevels(codes: Int32Array, levels: Float32Array, size: number, grid: ScaleGrid): Float32Array {
  return Float32Array.from(codes, (code, i) => levels[scaleOf(grid, i) * size + code] as number);
}

/**
 * 2^b evenly spaced values from −r to r, 0 not among them, as the file holds them: the basis v_j = r 2^j / (2^b − 1), whose sums
 * Σ ±v_j, plus where bit j of the code is 1, are r (2 code / (2^b − 1) − 1). b numbers in place of 2^b levels.
 * @param range r, a float32  @param bits b, 1 … 16
 */
export function evenBasis(range: number, bits: number): Float32Array {
  const step = Math.fround(range / (2 ** bits - 1));
  return Float32Array.from({ length: bits }, (_, j) => step * 2 ** j);
}
