/**
 * Fixed point <IL, FL>: IL bits before the point, the sign among them, and FL after it
 * (Gupta et al. 2015, "Deep learning with limited numerical precision", arXiv 1502.02551, section 3).
 */

import type { Rounding } from '../rounding/rounding';
import { powerOfTwo, type RoundingGrid, roundAllToGrid } from '../rounding/rounding-grid';
import { needDraws } from './format-rounding';

export interface FixedPoint {
  readonly integerBits: number;
  readonly fractionBits: number;
}

/** Bits of one number: IL + FL. */
export function fixedPointBits({ integerBits, fractionBits }: FixedPoint): number {
  return integerBits + fractionBits;
}

/** intN: whole numbers of `bits` bits, −2^(bits − 1) … 2^(bits − 1) − 1. */
export function integerFormat(bits: number): FixedPoint {
  return { integerBits: bits, fractionBits: 0 };
}

/**
 * Multiples of 2^−FL from −2^(IL−1) to 2^(IL−1) − 2^−FL, saturating.
 * @throws RangeError unless IL ≥ 1, FL ≥ 0 and 2 ≤ IL + FL ≤ 24, where every number is a float32
 */
export function fixedPointGrid(format: FixedPoint): RoundingGrid {
  const { integerBits, fractionBits } = format;
  const bits = fixedPointBits(format);
  if (![integerBits, fractionBits].every(Number.isInteger) || integerBits < 1 || fractionBits < 0 || bits < 2 || bits > 24)
    throw new RangeError(
      `A fixed-point format has 1 or more bits before the point and 2 to 24 in all, not <${integerBits}, ${fractionBits}>.`,
    );
  const half = powerOfTwo(integerBits - 1);
  return {
    mantissaBits: 23,
    smallestStep: -fractionBits,
    min: -half,
    max: half - powerOfTwo(-fractionBits),
    overflow: 'saturate',
    infinities: false,
    negativeZero: false,
  };
}

/**
 * @param draws one for each value, uniform in [0, 1), for the stochastic roundings
 * @throws RangeError for a format out of range, or if a stochastic rounding has no draws
 */
export function roundToFixedPoint(values: Float32Array, format: FixedPoint, rounding: Rounding, draws?: Float32Array): Float32Array {
  needDraws(values, rounding, draws);
  return roundAllToGrid(values, fixedPointGrid(format), rounding, draws);
}

/**
 * Codes, value × 2^FL, signed integers of IL + FL bits; they are a uniform encoding with scale 2^−FL.
 * @throws RangeError as `roundToFixedPoint`, and for a value that is not finite
 */
export function encodeFixedPoint(values: Float32Array, format: FixedPoint, rounding: Rounding, draws?: Float32Array): Int32Array {
  const scale = powerOfTwo(format.fractionBits);
  return Int32Array.from(roundToFixedPoint(values, format, rounding, draws), (value, i) => {
    if (Number.isNaN(value)) throw new RangeError(`Value ${i} is ${values[i]}; only finite numbers can be quantized.`);
    return value * scale;
  });
}
