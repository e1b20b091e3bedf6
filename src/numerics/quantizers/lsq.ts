/** Learned step size quantization (Esser et al. 2020, "Learned step size quantization", arXiv 1902.08153). */

import { roundHalfEven } from '../rounding/rounding';
import type { CodeRange } from '../scales/clipped-codes';
import { fittedScales } from '../scales/fitted-scale';
import { blockCounts, type ScaleGrid, scaleOf } from '../scales/scale-grid';

/** No scale falls below this: a quotient by it is still a float32. */
export const SMALLEST_SCALE = 1e-8;

/** A scale to start from for each block: 2 mean|v| / √QP (section 2.1). @param highest QP */
export function lsqStart(values: Float32Array, grid: ScaleGrid, highest: number): Float32Array {
  return fittedScales(values, grid, { statistic: 'mean', factor: 2 / Math.sqrt(highest) }).map((scale) => Math.max(scale, SMALLEST_SCALE));
}

/** What the gradient of a scale is multiplied by: g = 1 / √(N · QP), where N values share it (section 2.2). */
export function lsqFactors(count: number, grid: ScaleGrid, highest: number): Float32Array {
  return blockCounts(count, grid).map((members) => 1 / Math.sqrt(Math.max(1, members) * highest));
}

export interface LsqGradients {
  /** dy inside the limits, 0 at them and beyond (equation 5). */
  readonly values: Float32Array;
  /** Of each block, before it is multiplied by g: Σ dy · (round(v/s) − v/s) inside, Σ dy · limit at them and beyond (equation 3). */
  readonly scales: Float32Array;
}

/** The surrogate gradients of `clippedValues` by its values and by its scales. */
export function lsqGradients(
  values: Float32Array,
  scales: Float32Array,
  grid: ScaleGrid,
  { lowest, highest }: CodeRange,
  dy: Float32Array,
): LsqGradients {
  const sums = new Float64Array(scales.length);
  const byValue = new Float32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const block = scaleOf(grid, i);
    const ratio = Math.fround((values[i] as number) / (scales[block] as number));
    const given = dy[i] as number;
    const inside = ratio > lowest && ratio < highest;
    if (inside) byValue[i] = given;
    const byScale = inside ? roundHalfEven(ratio) - ratio : ratio <= lowest ? lowest : highest;
    sums[block] = (sums[block] as number) + given * byScale;
  }
  return { values: byValue, scales: Float32Array.from(sums) };
}
