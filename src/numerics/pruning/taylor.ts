/**
 * First-order Taylor expansion of the loss: removing w changes it by −g w, so that |w g| is the size of the change (Molchanov et al. 2019,
 * "Importance estimation for neural network pruning", arXiv 1906.10771, equation 8, without the square, which ranks the same).
 * @param gradients of the loss, at the weights  @throws RangeError if the lengths differ
 */
export function taylorScores(weights: Float32Array, gradients: Float32Array): Float32Array {
  if (weights.length !== gradients.length) throw new RangeError(`There are ${weights.length} weights and ${gradients.length} gradients.`);
  return weights.map((weight, i) => Math.abs(weight * (gradients[i] as number)));
}
