/**
 * The sinusoidal penalty of WaveQ: R = Σ sin²(π w (2^β − 1)) / 2^β for weights in [−1, 1]. It is 0 exactly where every weight is a
 * multiple of 1 / (2^β − 1), and β, the number of magnitude bits, is a real number with a gradient of its own.
 * Elthakeb et al. 2020 (arXiv 2003.00146).
 */

/** R, without its strength. */
export function sinePenalty(values: ArrayLike<number>, beta: number): number {
  const waves = 2 ** beta - 1;
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += Math.sin(Math.PI * (values[i] as number) * waves) ** 2;
  return sum / 2 ** beta;
}

/** dR/dw = π (2^β − 1) / 2^β × sin(2π w (2^β − 1)). */
export function sinePenaltySlope(w: number, beta: number): number {
  const waves = 2 ** beta - 1;
  return ((Math.PI * waves) / 2 ** beta) * Math.sin(2 * Math.PI * w * waves);
}

/** dR/dβ = ln 2 × Σ (π w sin(2π w (2^β − 1)) − sin²(π w (2^β − 1)) / 2^β). */
export function sinePenaltyBitSlope(values: ArrayLike<number>, beta: number): number {
  const waves = 2 ** beta - 1;
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    const w = values[i] as number;
    sum += Math.PI * w * Math.sin(2 * Math.PI * w * waves) - Math.sin(Math.PI * w * waves) ** 2 / 2 ** beta;
  }
  return Math.LN2 * sum;
}

/** Bits that the file stores for each weight: the magnitude's, rounded up, and the sign. */
export function waveBits(beta: number): number {
  return Math.ceil(beta) + 1;
}
