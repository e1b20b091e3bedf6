/** Ternary weights: −α, 0 and α (Li, Zhang and Liu 2016, "Ternary weight networks", arXiv 1605.04711). */
import { meanMagnitudes } from './binary';
import { type ScaleGrid, scaleOf } from './scale-grid';

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
