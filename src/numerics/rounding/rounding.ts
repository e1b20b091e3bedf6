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

/**
 * Ways to round to a whole number. `stochastic` rounds up with probability x − ⌊x⌋, so that the mean is x; `stochastic-half`
 * rounds a number that is not whole up or down with probability one half (modes 5 and 6 of Higham and Pranesh 2019, "Simulating
 * low precision floating-point arithmetic", SISC 41).
 */
export const roundings = ['nearest-even', 'half-away', 'floor', 'ceil', 'toward-zero', 'stochastic', 'stochastic-half'] as const;
export type Rounding = (typeof roundings)[number];

/** Whether a rounding draws random numbers. */
export function isStochastic(rounding: Rounding): boolean {
  return rounding === 'stochastic' || rounding === 'stochastic-half';
}

/** Nearest integer, halves away from zero (C's `round`). */
export function roundHalfAway(x: number): number {
  const whole = Math.trunc(x);
  // The difference is exact; x + 0.5 would turn the float just below 0.5 into 1.
  return Math.abs(x - whole) >= 0.5 ? whole + Math.sign(x) : whole;
}

/**
 * Rounds a float32 to a whole number, in float32 arithmetic as on the GPU.
 * @param draw uniform in [0, 1), for the stochastic roundings
 */
export function roundBy(rounding: Rounding, x: number, draw: number): number {
  switch (rounding) {
    case 'nearest-even':
      return roundHalfEven(x);
    case 'half-away':
      return roundHalfAway(x);
    case 'floor':
      return Math.floor(x);
    case 'ceil':
      return Math.ceil(x);
    case 'toward-zero':
      return Math.trunc(x);
    case 'stochastic':
      return Math.floor(x) + (draw < Math.fround(x - Math.floor(x)) ? 1 : 0);
    case 'stochastic-half':
      return Math.floor(x) + (x > Math.floor(x) && draw < 0.5 ? 1 : 0);
  }
}
