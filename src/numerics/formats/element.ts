/**
 * The numbers inside a block that shares a scale: those of a small floating-point format, or the 8-bit whole numbers of MXINT8
 * (Open Compute Project, "MX v1.0", section 5.3).
 */

import { powerOfTwo, type RoundingGrid } from '../rounding/rounding-grid';
import { type ElementFacts, elementFacts, INT8_MAX, INT8_STEP } from './element-facts';
import { codeOf, formatGrid } from './format-rounding';
import type { ElementId } from './number-format';
import { decodeFormat, finiteValues, formats } from './number-format';

export interface Element extends ElementFacts {
  /** The numbers times 2^scaleExponent, saturating. */
  grid(scaleExponent?: number): RoundingGrid;
  /** @param value one of the numbers @returns 0 … 2^bits − 1 */
  codeOf(value: number): number;
}

const int8: Element = {
  ...elementFacts('int8'),
  grid(scaleExponent = 0) {
    const smallestStep = INT8_STEP + scaleExponent;
    const max = INT8_MAX * powerOfTwo(smallestStep);
    return { mantissaBits: 23, smallestStep, min: -max, max, overflow: 'saturate', infinities: false, negativeZero: false };
  },
  codeOf: (value) => (value * powerOfTwo(-INT8_STEP)) & 0xff,
};

export function elementOf(id: ElementId): Element {
  if (id === 'int8') return int8;
  const format = formats[id];
  return {
    ...elementFacts(id),
    grid: (scaleExponent = 0) => formatGrid(format, { saturate: true }, scaleExponent),
    codeOf: (value) => codeOf(format, value),
  };
}

/**
 * The numbers that bit patterns represent.
 * @param codes 0 … 2^bits − 1
 * @throws RangeError for a code outside
 */
export function decodeElements(id: ElementId, codes: Int32Array): Float32Array {
  if (id !== 'int8') return decodeFormat(id, codes);
  return Float32Array.from(codes, (code) => {
    if (!(code >= 0 && code < 256)) throw new RangeError(`int8 has the bit patterns 0 to 255, not ${code}.`);
    return (code < 128 ? code : code - 256) * powerOfTwo(INT8_STEP);
  });
}

/** How many different numbers there are to round to, infinities left out. */
export function elementCount(id: ElementId): number {
  return id === 'int8' ? 2 * INT8_MAX + 1 : finiteValues(id).length;
}
