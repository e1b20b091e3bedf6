/**
 * Microscaling blocks: neighbouring weights share a power of two (E8M0), each is a number of a small format or, in MXINT8, a whole number of 64ths
 * (Rouhani et al. 2023, arXiv 2310.10537, sections 2 and 3; Open Compute Project, "MX v1.0").
 */

import type { Rounding } from '../rounding/rounding';
import { floorLog2, powerOfTwo, roundToGrid } from '../rounding/rounding-grid';
import { type ScaleGrid, scaleOf } from '../scales/scale-grid';
import { decodeElements, type Element, elementOf } from './element';
import { needDraws } from './format-rounding';
import type { ElementId } from './number-format';

/** Limits of E8M0; its pattern 255 is NaN. */
export const MX_EXPONENTS = { min: -127, max: 127 } as const;

/**
 * The exponent of each block: ⌊log2 max |x|⌋ − the format's largest exponent, so that the largest member lands in the format's
 * topmost binade; −127 for blocks of zeros.
 * @throws RangeError if a value is not finite
 */
export function mxExponents(values: Float32Array, grid: ScaleGrid, format: ElementId): Int32Array {
  const element = elementOf(format);
  return Int32Array.from(blockMaxima(values, grid), (max) => mxExponent(max, element));
}

/** The largest magnitude in each block. @throws RangeError if a value is not finite */
export function blockMaxima(values: Float32Array, grid: ScaleGrid): Float32Array {
  const largest = new Float32Array(grid.scales);
  for (let i = 0; i < values.length; i++) {
    const magnitude = Math.abs(values[i] as number);
    if (!(magnitude <= Number.MAX_VALUE)) throw new RangeError(`Value ${i} is ${values[i]}; only finite numbers can share a scale.`);
    const block = scaleOf(grid, i);
    if (magnitude > (largest[block] as number)) largest[block] = magnitude;
  }
  return largest;
}

/** The exponent of a block whose largest magnitude is `max`. */
export function mxExponent(max: number, { maxExponent }: Pick<Element, 'maxExponent'>): number {
  if (max === 0) return MX_EXPONENTS.min;
  return Math.min(MX_EXPONENTS.max, Math.max(MX_EXPONENTS.min, floorLog2(max) - maxExponent));
}

/**
 * Rounds each number to a number of the format times its block's power of two, saturating.
 * @param draws one for each value, uniform in [0, 1), for the stochastic roundings
 * @throws RangeError if a stochastic rounding has no draws
 */
export function roundToMx(
  values: Float32Array,
  exponents: Int32Array,
  grid: ScaleGrid,
  format: ElementId,
  rounding: Rounding,
  draws?: Float32Array,
): Float32Array {
  needDraws(values, rounding, draws);
  const element = elementOf(format);
  const grids = Array.from(exponents, (exponent) => element.grid(exponent));
  return values.map((value, i) => {
    const target = grids[scaleOf(grid, i)];
    if (!target) throw new RangeError(`There is no exponent for the block of value ${i}.`);
    return roundToGrid(value, target, rounding, draws?.[i] ?? 0);
  });
}

/** Bit patterns of the elements, rounded as `roundToMx` does. */
export function encodeMx(
  values: Float32Array,
  exponents: Int32Array,
  grid: ScaleGrid,
  format: ElementId,
  rounding: Rounding,
  draws?: Float32Array,
): Int32Array {
  const rounded = roundToMx(values, exponents, grid, format, rounding, draws);
  const element = elementOf(format);
  // In double precision: what is divided is one of the elements times that power, so the quotient is exact.
  return Int32Array.from(rounded, (value, i) => element.codeOf(value * powerOfTwo(-(exponents[scaleOf(grid, i)] as number))));
}

/** element × 2^exponent of its block. @throws RangeError for a code outside the format */
export function decodeMx(codes: Int32Array, exponents: Int32Array, grid: ScaleGrid, format: ElementId): Float32Array {
  return decodeElements(format, codes).map((element, i) => element * powerOfTwo(exponents[scaleOf(grid, i)] as number));
}
