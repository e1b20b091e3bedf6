/**
 * A staircase without jumps: smooth within each step, increasing, with a true gradient.
 * Agustsson and Theis 2020 (arXiv 2006.09952).
 */

/**
 * ⌊x⌋ + 1/2 + tanh(a r) / (2 tanh(a / 2)) with r = x − ⌊x⌋ − 1/2. Whole numbers stay where they are.
 * @param sharpness a > 0: towards 0 it is the identity, towards infinity rounding to the nearest whole number
 */
export function softRound(x: number, sharpness: number): number {
  const floor = Math.floor(x);
  return floor + 0.5 + Math.tanh(sharpness * (x - floor - 0.5)) / (2 * Math.tanh(sharpness / 2));
}

/** Its derivative by x: a (1 − tanh²(a r)) / (2 tanh(a / 2)). */
export function softRoundSlope(x: number, sharpness: number): number {
  const t = Math.tanh(sharpness * (x - Math.floor(x) - 0.5));
  return (sharpness * (1 - t * t)) / (2 * Math.tanh(sharpness / 2));
}
