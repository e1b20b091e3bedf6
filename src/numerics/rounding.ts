/** Rounding to whole numbers. */

const TWO_POW_52 = 2 ** 52;

/**
 * Nearest integer, halves to the even one (IEEE 754 roundTiesToEven, WGSL `round`). Never −0; NaN and infinities pass through.
 * Between 2^52 and 2^53 a double has no fraction bits, so the hardware's own rounding does the work when 2^52 is added.
 */
export function roundHalfEven(x: number): number {
  if (x >= 0) return x < TWO_POW_52 ? x + TWO_POW_52 - TWO_POW_52 : x;
  return x > -TWO_POW_52 ? x - TWO_POW_52 + TWO_POW_52 : x;
}
