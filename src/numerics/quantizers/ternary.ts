import { type ScaleGrid, scaleOf } from '../scales/scale-grid';
import { meanMagnitudes } from './binary';

/** Ternary weights: −α, 0 and α (Li, Zhang and Liu 2016, "Ternary weight networks", arXiv 1605.04711). */

export interface Ternary {
  /** −1, 0 or 1. */
  readonly codes: Int32Array;
  /** α of each block: the mean |w| of the weights that are not 0. */
  readonly scales: Float32Array;
  /** Δ of each block. */
  readonly thresholds: Float32Array;
}

/**
 * Codes 0 where |w| ≤ Δ, else the sign, with Δ = factor × mean |w| of the block (equation 6; 0.7 is close to the best threshold
 * for uniform and for normal weights) and α = mean |w| over |w| > Δ (equation 5). Comparisons are float32, sums double precision.
 * @throws RangeError if a value is not finite
 */
export function ternarize(values: Float32Array, grid: ScaleGrid, factor = 0.7): Ternary {
  const thresholds = meanMagnitudes(values, grid).map((mean) => Math.fround(factor) * mean);
  const codes = new Int32Array(values.length);
  const sums = new Float64Array(grid.scales);
  const counts = new Float64Array(grid.scales);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    const block = scaleOf(grid, i);
    if (!(Math.abs(value) > (thresholds[block] as number))) continue;
    codes[i] = Math.sign(value);
    sums[block] = (sums[block] as number) + Math.abs(value);
    counts[block] = (counts[block] as number) + 1;
  }
  const scales = Float32Array.from(sums, (sum, block) => sum / Math.max(1, counts[block] as number));
  return { codes, scales, thresholds };
}

/** Trained ternary quantization (Zhu et al. 2017, arXiv 1612.01064): −Wn, 0 and Wp, two learned levels a layer. */

export interface TtqLevels {
  /** Wp */
  readonly positive: number;
  /** Wn; the level is −Wn. */
  readonly negative: number;
}

/** Codes 0, 1, 2 for −Wn, 0, Wp: beyond ±Δ or not, Δ = threshold × max|w| (equation 9). @throws RangeError if a value is not finite */
export function ttqCodes(values: Float32Array, threshold: number): Int32Array {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const odd = values.find((value) => !Number.isFinite(value));
  if (odd !== undefined) throw new RangeError(`A weight is ${odd}; only finite numbers can be quantized.`);
  const delta = Math.fround(Math.fround(threshold) * largest);
  return Int32Array.from(values, (value) => (value > delta ? 2 : value < -delta ? 0 : 1));
}

/** Levels that are closest to the weights: the mean magnitudes on each side; 0 for a side without weights. */
export function ttqFit(values: Float32Array, threshold: number): TtqLevels {
  const codes = ttqCodes(values, threshold);
  const mean = (side: number) => {
    let [sum, count] = [0, 0];
    for (let i = 0; i < values.length; i++) {
      if (codes[i] !== side) continue;
      sum += Math.abs(values[i] as number);
      count++;
    }
    return Math.fround(sum / Math.max(1, count));
  };
  return { positive: mean(2), negative: mean(0) };
}

export function ttqValues(codes: Int32Array, { positive, negative }: TtqLevels): Float32Array {
  return Float32Array.from(codes, (code) => (code === 2 ? positive : code === 0 ? -negative : 0));
}

export interface TtqGradients extends TtqLevels {
  /** Wp · dy, dy or Wn · dy: each weight's by its side (equation 8). */
  readonly values: Float32Array;
}

/** Wp gets Σ dy over its weights (equation 7), Wn the same with a minus: the true gradient of the level −Wn. */
export function ttqGradients(codes: Int32Array, { positive, negative }: TtqLevels, dy: Float32Array): TtqGradients {
  const sums = [0, 0, 0];
  const factors = [negative, 1, positive];
  const values = dy.map((given, i) => {
    const code = codes[i] as number;
    sums[code] = (sums[code] as number) + given;
    return (factors[code] as number) * given;
  });
  return { values, positive: sums[2] as number, negative: 0 - (sums[0] as number) };
}
