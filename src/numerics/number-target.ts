/** What numbers are rounded to: a floating-point format, its microscaling blocks, or fixed point; and how the file holds them. */
import { encodeFixedPoint, type FixedPoint, fixedPointBits, fixedPointGrid, roundToFixedPoint } from './fixed-point';
import { encodeFormat, formatGrid, roundToFormat } from './format-rounding';
import { encodeMx, mxExponents, roundToMx } from './mx';
import { formatBits, formats } from './number-format';
import type { Rounding } from './rounding';
import { powerOfTwo, type RoundingGrid } from './rounding-grid';
import { type Granularity, type ScaleGrid, scaleGrid } from './scale-grid';
import type { Encoding, FormatId } from './stored-tensor';

export type NumberTarget =
  | { readonly kind: 'float'; readonly format: FormatId }
  | { readonly kind: 'blocks'; readonly format: FormatId }
  | ({ readonly kind: 'fixed' } & FixedPoint);

/** Bits of one number, without shared exponents. */
export function targetBits(target: NumberTarget): number {
  return target.kind === 'fixed' ? fixedPointBits(target) : formatBits(target.format);
}

/** Numbers beyond the range become the largest. @throws RangeError for a fixed-point format out of range */
export function targetGrid(target: NumberTarget): RoundingGrid {
  return target.kind === 'fixed' ? fixedPointGrid(target) : formatGrid(formats[target.format], { saturate: true });
}

/**
 * @param layout which numbers share an exponent
 * @param draws one for each value, uniform in [0, 1), for the stochastic roundings
 * @throws RangeError if a value of a block is not finite, or a stochastic rounding has no draws
 */
export function roundToTarget(
  values: Float32Array,
  target: NumberTarget,
  layout: ScaleGrid,
  rounding: Rounding,
  draws?: Float32Array,
): Float32Array {
  if (target.kind === 'fixed') return roundToFixedPoint(values, target, rounding, draws);
  if (target.kind === 'float') return roundToFormat(values, target.format, rounding, draws, { saturate: true });
  return roundToMx(values, mxExponents(values, layout, target.format), layout, target.format, rounding, draws);
}

/**
 * What the file stores for `values`: bit patterns, or whole numbers with the scale 2^−FL.
 * @param granularity of shared exponents
 * @throws RangeError as `roundToTarget`
 */
export function encodeTarget(
  values: Float32Array,
  shape: readonly number[],
  target: NumberTarget,
  granularity: Granularity,
  rounding: Rounding,
  draws?: Float32Array,
): Encoding {
  const bits = targetBits(target);
  if (target.kind === 'fixed') {
    const codes = encodeFixedPoint(values, target, rounding, draws);
    return { kind: 'uniform', bits, codes, scales: Float32Array.of(powerOfTwo(-target.fractionBits)) };
  }
  const { format } = target;
  if (target.kind === 'float')
    return { kind: 'format', format, bits, codes: encodeFormat(format, values, rounding, draws, { saturate: true }) };
  const layout = scaleGrid(shape, granularity);
  const exponents = mxExponents(values, layout, format);
  return { kind: 'format', format, bits, codes: encodeMx(values, exponents, layout, format, rounding, draws), exponents, granularity };
}
