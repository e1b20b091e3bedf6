/** Rounding to whole numbers. */

const TWO_POW_51 = 2 ** 51;
const TWO_POW_52 = 2 ** 52;
const SHIFT = TWO_POW_51 + TWO_POW_52;

/**
 * Nearest integer, halves to the even one (IEEE 754 roundTiesToEven, WGSL `round`). Never −0; NaN and infinities pass through.
 * Between 2^52 and 2^53 a double has no fraction bits, so the hardware's own rounding does the work when the number is moved there.
 */
export function roundHalfEven(x: number): number {
  // No branch on the sign, which would be mispredicted half of the time.
  if (Math.abs(x) < TWO_POW_51) return x + SHIFT - SHIFT;
  if (Math.abs(x) < TWO_POW_52) return x > 0 ? x + TWO_POW_52 - TWO_POW_52 : x - TWO_POW_52 + TWO_POW_52;
  return x;
}
