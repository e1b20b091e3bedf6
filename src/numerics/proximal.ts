/** Steps towards quantized weights: proximal operators. Float32 arithmetic. */

/**
 * The proximal operator of λ × Σ ||w| − α|: moves |w| by λ towards α, and not beyond it. 0 counts as positive.
 * Bai, Wang and Liberty 2019, ProxQuant (arXiv 1810.00861), with α = 1 there.
 */
export function proxBinary(w: number, strength: number, alpha = 1): number {
  const magnitude = Math.abs(w);
  const moved = Math.min(Math.max(alpha, Math.fround(magnitude - strength)), Math.fround(magnitude + strength));
  return w >= 0 ? moved : -moved;
}

/**
 * (w + λ q) / (1 + λ): the proximal operator of λ / 2 × (w − q)², where q is the quantized weight; w at λ = 0, q as λ grows.
 * ProxQuant takes such a step after each update (arXiv 1810.00861); BinaryRelax shows it to the network (Yin et al.
 * 2018, arXiv 1801.06313).
 */
export function moveToward(w: number, quantized: number, strength: number): number {
  return Math.fround(Math.fround(w + Math.fround(strength * quantized)) / Math.fround(1 + strength));
}
