/**
 * Blocks whose scale is a number of fp8 e4m3fn, as in NVFP4: the largest member comes close to the element's largest number, where a
 * power of two may leave half of the range unused. NVIDIA's format has one more scale, in float32, for the whole tensor; here there
 * is none, so that a block below 2^−10 × the element's largest number becomes 0.
 */

import type { Rounding } from '../rounding/rounding';
import { powerOfTwo, type RoundingGrid, roundToGrid } from '../rounding/rounding-grid';
import { type ScaleGrid, scaleOf } from '../scales/scale-grid';
import { elementOf } from './element';
import { codeOf, formatGrid, needDraws } from './format-rounding';
import { blockMaxima } from './mx';
import type { ElementId } from './number-format';
import { decodeFormat, formats } from './number-format';

export const FP8_SCALE_GRID: RoundingGrid = formatGrid(formats.e4m3fn, { saturate: true });

/** Numbers below count as 0 before and after the division: a GPU may take subnormal ones for 0. */
const SMALLEST_NORMAL = powerOfTwo(-126);

/** 1 / the largest number of an element, as float32. */
export function inverseLargest(maxFinite: number): number {
  return Math.fround(1 / maxFinite);
}

/** The scale of a block whose largest magnitude is `max`: max / the element's largest number, rounded to e4m3fn. */
export function fp8Scale(max: number, maxFinite: number): number {
  return roundToGrid(Math.fround(max * inverseLargest(maxFinite)), FP8_SCALE_GRID, 'nearest-even', 0);
}

/** 1 / scale as float32, 0 for 0. Multiplied rather than divided by: a GPU's division is not exact. */
export function inverseScale(scale: number): number {
  return scale === 0 ? 0 : Math.fround(1 / scale);
}

/** x / scale, rounded to the element's numbers: still without the scale. @param grid of the element */
export function roundToElement(x: number, scale: number, grid: RoundingGrid, rounding: Rounding, draw: number): number {
  return roundToGrid(normal(Math.fround(normal(x) * inverseScale(scale))), grid, rounding, draw);
}

function normal(x: number): number {
  return Math.abs(x) < SMALLEST_NORMAL ? x * 0 : x;
}

/** The scale of each block, as bit patterns of e4m3fn, 0 … 126. @throws RangeError if a value is not finite */
export function fp8Scales(values: Float32Array, grid: ScaleGrid, element: ElementId): Int32Array {
  const { maxFinite } = elementOf(element);
  return Int32Array.from(blockMaxima(values, grid), (max) => codeOf(formats.e4m3fn, fp8Scale(max, maxFinite)));
}

/**
 * The elements that the values are rounded to, without their blocks' scales.
 * @param scales bit patterns @param draws one for each value, uniform in [0, 1), for the stochastic roundings
 * @throws RangeError if a stochastic rounding has no draws
 */
export function fp8ScaledElements(
  values: Float32Array,
  scales: Int32Array,
  grid: ScaleGrid,
  element: ElementId,
  rounding: Rounding,
  draws?: Float32Array,
): Float32Array {
  needDraws(values, rounding, draws);
  const own = elementOf(element).grid();
  const decoded = decodeFormat('e4m3fn', scales);
  return values.map((value, i) => roundToElement(value, decoded[scaleOf(grid, i)] as number, own, rounding, draws?.[i] ?? 0));
}

/** element × scale of its block. */
export function applyFp8Scales(elements: Float32Array, scales: Int32Array, block: (i: number) => number): Float32Array {
  const decoded = decodeFormat('e4m3fn', scales);
  return elements.map((element, i) => element * (decoded[block(i)] as number));
}
