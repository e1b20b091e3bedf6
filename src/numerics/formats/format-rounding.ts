/** Rounding float32 numbers to a small floating-point format, and their bit patterns. */

import { isStochastic, type Rounding } from '../rounding/rounding';
import { floorLog2, powerOfTwo, type RoundingGrid, roundAllToGrid } from '../rounding/rounding-grid';
import type { FormatId } from './number-format';
import { formats, type NumberFormat } from './number-format';

export interface FormatRounding {
  /**
   * A finite number beyond the largest becomes the largest. Otherwise roundings to nearest, and those that lead outward, give
   * infinity, or NaN in a format without it. Formats with neither always saturate.
   */
  readonly saturate: boolean;
}

/** The numbers of a format times 2^scaleExponent, as a grid to round to. */
export function formatGrid(format: NumberFormat, { saturate }: FormatRounding, scaleExponent = 0): RoundingGrid {
  const max = format.maxFinite * powerOfTwo(scaleExponent);
  const overflow = saturate || format.specials === 'none' ? 'saturate' : format.specials === 'nan' ? 'nan' : 'infinity';
  return {
    mantissaBits: format.mantissaBits,
    smallestStep: format.minExponent - format.mantissaBits + scaleExponent,
    min: -max,
    max,
    overflow,
    infinities: format.specials === 'ieee',
    negativeZero: true,
  };
}

/**
 * The format's numbers nearest to `values` in the sense of the rounding; exact, straight from float32.
 * @param draws one for each value, uniform in [0, 1), for the stochastic roundings
 * @throws RangeError if a stochastic rounding has no draws
 */
export function roundToFormat(
  values: Float32Array,
  format: FormatId | 'fp32',
  rounding: Rounding,
  draws?: Float32Array,
  options: FormatRounding = { saturate: false },
): Float32Array {
  needDraws(values, rounding, draws);
  return roundAllToGrid(values, formatGrid(formats[format], options), rounding, draws);
}

/** @throws RangeError if a stochastic rounding has fewer draws than values */
export function needDraws(values: Float32Array, rounding: Rounding, draws: Float32Array | undefined): void {
  if (isStochastic(rounding) && (draws?.length ?? 0) < values.length)
    throw new RangeError(`The rounding "${rounding}" needs a random number for each value.`);
}

/**
 * Bit patterns of the rounded numbers, 0 … 2^bits − 1. NaN has one pattern: sign 0, all mantissa bits 1.
 * @param draws one for each value, uniform in [0, 1), for the stochastic roundings
 * @throws RangeError for a NaN or an infinity where the format has none, or if a stochastic rounding has no draws
 */
export function encodeFormat(
  format: FormatId,
  values: Float32Array,
  rounding: Rounding,
  draws?: Float32Array,
  options: FormatRounding = { saturate: false },
): Int32Array {
  const description = formats[format];
  return Int32Array.from(roundToFormat(values, format, rounding, draws, options), (value, i) => {
    if (!Number.isFinite(value) && description.specials === 'none')
      throw new RangeError(`Value ${i} is ${values[i]}; ${description.label} has finite numbers only.`);
    return codeOf(description, value);
  });
}

/** The bit pattern of a number of the format. @param value a value of the format */
export function codeOf({ exponentBits, mantissaBits, minExponent, bias, bits }: NumberFormat, value: number): number {
  const largestExponent = 2 ** exponentBits - 1;
  if (Number.isNaN(value)) return largestExponent * 2 ** mantissaBits + 2 ** mantissaBits - 1;
  const sign = value < 0 || Object.is(value, -0) ? 2 ** (bits - 1) : 0;
  const magnitude = Math.abs(value);
  if (magnitude === Number.POSITIVE_INFINITY) return sign + largestExponent * 2 ** mantissaBits;
  const exponent = Math.max(floorLog2(magnitude), minExponent);
  // Units of the last place: the hidden 1 of a normal number adds itself to the exponent field.
  const significand = magnitude / powerOfTwo(exponent - mantissaBits);
  return sign + (exponent + bias - 1) * 2 ** mantissaBits + significand;
}
