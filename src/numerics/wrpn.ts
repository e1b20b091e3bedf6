/** Wide reduced-precision networks (Mishra et al. 2018, "WRPN", arXiv 1709.01134, section 5). */

/**
 * The gradient of clip(x / r, from, 1) · r by x, which stands in for that of the rounded values: dy where from · r ≤ x ≤ r, else 0.
 * DoReFa's activations have the same.
 * @param from −1 for weights, 0 for activations
 */
export function clipGradient(values: Float32Array, range: number, from: -1 | 0, dy: Float32Array): Float32Array {
  return values.map((x, i) => (x <= range && x >= from * range ? (dy[i] as number) : 0));
}

/**
 * The scale for codes up to `highest` in the range: weights in [−r, r] have 2^(k−1) − 1 steps on each side, activations in [0, r]
 * have 2^k − 1. The paper's range is 1.
 */
export function stepOf(range: number, highest: number): number {
  return Math.fround(range / highest);
}
