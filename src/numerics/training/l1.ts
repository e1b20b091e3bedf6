/** L1 regularization: it draws weights to 0 (Tibshirani 1996, "Regression shrinkage and selection via the lasso"). */

/** The gradient of λ Σ|w|: λ sign(w), and 0 at 0. With it weights come near 0 and cross it; hardly one is exactly 0. */
export function l1Subgradient(weights: Float32Array, lambda: number): Float32Array {
  return weights.map((weight) => Math.fround(lambda) * Math.sign(weight));
}

/**
 * The proximal step of t |w|: sign(w) max(|w| − t, 0), the soft threshold. Weights within ±t become exactly 0
 * (Parikh and Boyd 2014, "Proximal algorithms", section 6.5.2). @param t learning rate × λ
 */
export function softThreshold(weights: Float32Array, t: number): Float32Array {
  const least = Math.fround(t);
  return weights.map((weight) => Math.sign(weight) * Math.max(Math.abs(weight) - least, 0));
}
