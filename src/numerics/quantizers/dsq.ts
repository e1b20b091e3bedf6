/**
 * Differentiable soft quantization: 2^b values from −c to c, evenly spaced, joined by pieces of tanh.
 * Gong et al. 2019 (arXiv 1908.05033), with a range that is symmetric about 0.
 */

import { roundHalfEven } from '../rounding/rounding';
import { fittedScales, leastSquaresScales, type ScaleFit, type ScaleRule } from '../scales/fitted-scale';
import { type ScaleGrid, scaleOf } from '../scales/scale-grid';
import { softRound, softRoundSlope } from './annealed';

/**
 * The sharpness of a piece of width 1 whose ends lie `alpha` below and above the values that it joins, before it is stretched
 * to meet them: k = ln(2 / α − 1).
 * @throws RangeError unless 0 < alpha < 1
 */
export function dsqSharpness(alpha: number): number {
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`α is between 0 and 1, not ${alpha}.`);
  return Math.log(2 / alpha - 1);
}

/**
 * The piece itself: φ(x) = tanh(k (x − m)) / (1 − α), from −1 at the left end of a cell to 1 at its right end.
 * @param offset x − m, from the middle of the cell
 * @param width of the cell
 */
export function dsqPiece(offset: number, width: number, alpha: number): number {
  return Math.tanh((dsqSharpness(alpha) / width) * offset) / (1 - alpha);
}

/** Turns of finding codes and ranges before training begins. */
const TURNS = 10;

/**
 * Ranges in standard deviations for 1 … 8 bits: least mean squared error for a normal number (Max 1960,
 * "Quantizing for minimum distortion").
 */
const normalRanges = [0.7979, 1.4935, 2.0511, 2.514, 2.9162, 3.278, 3.6111, 3.9222] as const;

/** A first c: the largest weight, or the best range for normal ones. @throws RangeError unless 1 … 8 bits */
export function dsqFit(rule: ScaleRule, bits: number): ScaleFit {
  lastCell(bits);
  return rule === 'max' ? { statistic: 'max', factor: 1 } : { statistic: 'rms', factor: normalRanges[bits - 1] as number };
}

/** The ranges to begin with. */
export function firstRanges(values: Float32Array, grid: ScaleGrid, bits: number, rule: ScaleRule): Float32Array {
  let ranges = fittedScales(values, grid, dsqFit(rule, bits));
  if (rule === 'fit') for (let turn = 0; turn < TURNS; turn++) ranges = nextRanges(values, ranges, grid, bits, rule);
  return ranges;
}

/** The ranges after a training step, where they are not learned: the largest weights, or least squares for the codes that the weights have. */
export function nextRanges(values: Float32Array, ranges: Float32Array, grid: ScaleGrid, bits: number, rule: ScaleRule): Float32Array {
  if (rule === 'max') return fittedScales(values, grid, dsqFit(rule, bits));
  const last = lastCell(bits);
  const units = values.map((x, i) => (2 * dsqCode(x, ranges[scaleOf(grid, i)] as number, bits) - last) / last);
  return leastSquaresScales(values, units, ranges, grid);
}

/**
 * The code of the nearest of the 2^b values c (2 code / (2^b − 1) − 1), which the file holds as the `evenBasis` of c; ties to even
 * codes. Weights outside the range take its ends. Float32 arithmetic.
 */
export function dsqCode(x: number, range: number, bits: number): number {
  const last = lastCell(bits);
  return Math.max(0, Math.min(last, roundHalfEven(position(x, range, last))));
}

/** The soft value of a weight. */
export function dsq(x: number, range: number, bits: number, alpha: number): number {
  const last = lastCell(bits);
  const soft = softRound(Math.max(0, Math.min(last, position(x, range, last))), dsqSharpness(alpha));
  return (range * (2 * soft - last)) / last;
}

/** The derivatives of the soft value by the weight and by the range, for the cell's own scale: 0 and ±1 outside the range. */
export function dsqSlopes(x: number, range: number, bits: number, alpha: number): { readonly x: number; readonly range: number } {
  const slope = Math.abs(x) < range ? softRoundSlope(position(x, range, lastCell(bits)), dsqSharpness(alpha)) : 0;
  return { x: slope, range: (dsq(x, range, bits, alpha) - slope * x) / range };
}

/** (x / c + 1) × (2^b − 1) / 2: 0 at −c, 2^b − 1 at c. */
function position(x: number, range: number, last: number): number {
  return Math.fround(Math.fround(Math.fround(x / range) + 1) * Math.fround(last / 2));
}

/** @throws RangeError unless `bits` is a whole number from 1 to 8 */
function lastCell(bits: number): number {
  if (!Number.isInteger(bits) || bits < 1 || bits > 8)
    throw new RangeError(`Differentiable soft quantization has 1 to 8 bits, not ${bits}.`);
  return 2 ** bits - 1;
}
