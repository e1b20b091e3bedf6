/** What there is to say of the numbers inside a block without rounding to them: element.ts does that. */

import type { ElementId } from './number-format';
import { formats } from './number-format';

export interface ElementFacts {
  readonly label: string;
  readonly bits: number;
  /** Exponent of the topmost binade. */
  readonly maxExponent: number;
  readonly maxFinite: number;
}

/** An int8 is code × 2^−6; the pattern −128 is left unused, so that the range is symmetric. */
export const INT8_STEP = -6;
export const INT8_MAX = 127;

export function elementFacts(id: ElementId): ElementFacts {
  if (id === 'int8') return { label: 'int8', bits: 8, maxExponent: 0, maxFinite: INT8_MAX * 2 ** INT8_STEP };
  const { label, bits, maxExponent, maxFinite } = formats[id];
  return { label, bits, maxExponent, maxFinite };
}
