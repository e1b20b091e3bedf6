import { blockCounts, type ScaleGrid, scaleOf } from './scale-grid';
import { maxCode, quantizeGroups } from './uniform';

/**
 * `max`: the largest code is the largest weight. `fit`: the scale with the least squared error for the codes that the weights have,
 * found by turns; it begins at the best one for normal weights, and where all weights are on the grid it stays.
 */
export const scaleRules = ['fit', 'max'] as const;
export type ScaleRule = (typeof scaleRules)[number];

/** Added to every scale, so that weights which are all 0 can be divided by it; too small to change another. */
export const TINY_SCALE = 2 ** -100;

/** Turns of finding codes and scales before training begins. */
const TURNS = 10;

/** Ranges in standard deviations for 2 … 8 bits: least mean squared error of rounding a normal number to 2^b − 1 values. */
const normalRanges = [1.224, 1.9523, 2.4739, 2.8987, 3.2701, 3.6075, 3.9205] as const;

/**
 * Largest value of the grid in standard deviations, for normally distributed weights.
 * @throws RangeError unless `bits` is 2 … 8
 */
export function normalRange(bits: number): number {
  const range = normalRanges[bits - 2];
  if (range === undefined) throw new RangeError(`The range for normal weights is known for 2 to 8 bits, not ${bits}.`);
  return range;
}

/** What scales are proportional to: of the weights that share one, the largest magnitude, the root mean square, the mean magnitude. */
export type Statistic = 'max' | 'rms' | 'mean';

/** Which statistic, and what it is multiplied by. */
export interface ScaleFit {
  readonly statistic: Statistic;
  readonly factor: number;
}

/**
 * For 2^b − 1 values, evenly spaced with 0 among them. One bit is α × sign(w), and the best α is the mean magnitude
 * (Rastegari et al. 2016, arXiv 1603.05279), whatever the rule.
 */
export function gridFit(rule: ScaleRule, bits: number): ScaleFit {
  if (bits === 1) return { statistic: 'mean', factor: 1 };
  return rule === 'max' ? { statistic: 'max', factor: 1 / maxCode(bits) } : { statistic: 'rms', factor: normalRange(bits) / maxCode(bits) };
}

/** A scale for each block of the grid, more than 0: factor × statistic. */
export function fittedScales(values: Float32Array, grid: ScaleGrid, { statistic, factor }: ScaleFit): Float32Array {
  const sums = new Float64Array(grid.scales);
  const counts = blockCounts(values.length, grid);
  for (let i = 0; i < values.length; i++) {
    const block = scaleOf(grid, i);
    const magnitude = Math.abs(values[i] as number);
    const sum = sums[block] as number;
    if (statistic === 'max') sums[block] = Math.max(sum, magnitude);
    else sums[block] = sum + (statistic === 'rms' ? magnitude * magnitude : magnitude);
  }
  return Float32Array.from(sums, (sum, block) => {
    const mean = sum / (counts[block] as number);
    return factor * (statistic === 'max' ? sum : statistic === 'rms' ? Math.sqrt(mean) : mean) + TINY_SCALE;
  });
}

/**
 * The scale of each block with the least squared error Σ (w − scale × unit)²: Σ w unit / Σ unit². A block whose units are all 0 keeps
 * the one that it has.
 */
export function leastSquaresScales(values: Float32Array, units: ArrayLike<number>, scales: Float32Array, grid: ScaleGrid): Float32Array {
  const products = new Float64Array(grid.scales);
  const squares = new Float64Array(grid.scales);
  for (let i = 0; i < values.length; i++) {
    const block = scaleOf(grid, i);
    const unit = units[i] as number;
    products[block] = (products[block] as number) + (values[i] as number) * unit;
    squares[block] = (squares[block] as number) + unit * unit;
  }
  return scales.map((scale, block) =>
    squares[block] === 0 ? scale : (products[block] as number) / (squares[block] as number) + TINY_SCALE,
  );
}

/** A better scale for the same weights: what `fit` and `max` do after each training step. */
export function nextScales(values: Float32Array, scales: Float32Array, grid: ScaleGrid, bits: number, rule: ScaleRule): Float32Array {
  if (rule === 'max' && bits > 1) return fittedScales(values, grid, gridFit('max', bits));
  const codes = gridCodes(values, scales, grid, bits);
  return leastSquaresScales(values, bits === 1 ? codes.map((code) => 2 * code - 1) : codes, scales, grid);
}

/** The scales to begin with. */
export function firstScales(values: Float32Array, grid: ScaleGrid, bits: number, rule: ScaleRule): Float32Array {
  let scales = fittedScales(values, grid, gridFit(rule, bits));
  if (rule === 'fit') for (let turn = 0; turn < TURNS; turn++) scales = nextScales(values, scales, grid, bits, rule);
  return scales;
}

/** The nearest values of the grid: scale × clip(round(w / scale)), or ±scale for one bit, where 0 counts as positive. */
export function gridValues(values: Float32Array, scales: Float32Array, grid: ScaleGrid, bits: number): Float32Array {
  const codes = gridCodes(values, scales, grid, bits);
  return Float32Array.from(codes, (code, i) => (bits === 1 ? 2 * code - 1 : code) * (scales[scaleOf(grid, i)] as number));
}

/** The code of the nearest value: a multiple of the scale, or 0 and 1 for the sign. @throws RangeError if a value is not finite */
export function gridCodes(values: Float32Array, scales: Float32Array, grid: ScaleGrid, bits: number): Int32Array {
  if (bits > 1) return quantizeGroups(values, scales, grid, bits, 'nearest-even');
  return Int32Array.from(values, (value) => {
    if (!Number.isFinite(value)) throw new RangeError(`A weight is ${value}; only finite numbers can be quantized.`);
    return value >= 0 ? 1 : 0;
  });
}
