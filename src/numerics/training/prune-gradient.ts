/**
 * Gradient pruning: small parts of a gradient count as 0, so that a step changes few weights. Aji and Heafield 2017 (arXiv 1704.05021)
 * drop a share of the smallest, and add what they drop to the next gradient; Sun et al. 2017 (arXiv 1706.06197) keep the k largest. Here
 * the bound is τ times the root mean square of the array, which takes no sorting, and what is dropped is lost.
 * @param threshold τ
 */
export function pruneGradient(gradient: Float32Array, threshold: number): Float32Array {
  const meanSquare = gradient.reduce((sum, value) => sum + value * value, 0) / gradient.length;
  const bound = threshold * Math.sqrt(meanSquare);
  return gradient.map((value) => (Math.abs(value) < bound ? 0 : value));
}
