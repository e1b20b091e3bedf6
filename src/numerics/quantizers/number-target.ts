/** What numbers are rounded to: a floating-point format, blocks that share a scale, or fixed point; and how the file holds them. */

import type { Encoding } from '../container/stored-tensor';
import type { BlockFormat } from '../formats/block-formats';
import { elementOf } from '../formats/element';
import { encodeFixedPoint, type FixedPoint, fixedPointBits, fixedPointGrid, roundToFixedPoint } from '../formats/fixed-point';
import { encodeFormat, formatGrid, roundToFormat } from '../formats/format-rounding';
import { applyFp8Scales, fp8ScaledElements, fp8Scales } from '../formats/fp8-scaled';
import { encodeMx, mxExponents, roundToMx } from '../formats/mx';
import type { FormatId } from '../formats/number-format';
import { formatBits, formats } from '../formats/number-format';
import type { Rounding } from '../rounding/rounding';
import { powerOfTwo, type RoundingGrid } from '../rounding/rounding-grid';
import { type Granularity, type ScaleGrid, scaleGrid, scaleOf } from '../scales/scale-grid';

export type NumberTarget =
  | { readonly kind: 'float'; readonly format: FormatId }
  | ({ readonly kind: 'blocks' } & Pick<BlockFormat, 'element' | 'size' | 'scale'>)
  | ({ readonly kind: 'fixed' } & FixedPoint);

/** Bits of one number, without shared scales. */
export function targetBits(target: NumberTarget): number {
  if (target.kind === 'fixed') return fixedPointBits(target);
  return target.kind === 'blocks' ? elementOf(target.element).bits : formatBits(target.format);
}

/** Of blocks: without their scale. Numbers beyond the range become the largest. @throws RangeError for a fixed-point format out of range */
export function targetGrid(target: NumberTarget): RoundingGrid {
  if (target.kind === 'fixed') return fixedPointGrid(target);
  return target.kind === 'blocks' ? elementOf(target.element).grid() : formatGrid(formats[target.format], { saturate: true });
}

/**
 * @param layout which numbers share a scale
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
  const { element, scale } = target;
  if (scale === 'e8m0') return roundToMx(values, mxExponents(values, layout, element), layout, element, rounding, draws);
  const scales = fp8Scales(values, layout, element);
  return applyFp8Scales(fp8ScaledElements(values, scales, layout, element, rounding, draws), scales, (i) => scaleOf(layout, i));
}

/**
 * What the file stores for `values`: bit patterns, or whole numbers with the scale 2^−FL.
 * @param granularity of shared scales
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
  if (target.kind === 'float') {
    const { format } = target;
    return { kind: 'format', format, bits, codes: encodeFormat(format, values, rounding, draws, { saturate: true }) };
  }
  const { element, scale } = target;
  const layout = scaleGrid(shape, granularity);
  if (scale === 'e8m0') {
    const exponents = mxExponents(values, layout, element);
    const codes = encodeMx(values, exponents, layout, element, rounding, draws);
    return { kind: 'format', format: element, bits, codes, exponents, granularity };
  }
  const scales = fp8Scales(values, layout, element);
  const codes = Int32Array.from(fp8ScaledElements(values, scales, layout, element, rounding, draws), elementOf(element).codeOf);
  return { kind: 'format', format: element, bits, codes, fp8Scales: scales, granularity };
}
