import { taylorScores } from './taylor';

/**
 * SNIP (Lee, Ajanthan, Torr 2019, "Single-shot network pruning based on connection sensitivity", arXiv 1810.02340, equation 6): |w g| at
 * the initial weights, divided by the sum over all weights of the network.
 * @param weights initial ones, an array for each tensor  @param gradients of the loss at them
 * @returns scores that sum to 1; all 0 if the gradient is 0
 */
export function snipScores(weights: readonly Float32Array[], gradients: readonly Float32Array[]): Float32Array[] {
  const scores = weights.map((own, t) => taylorScores(own, gradients[t] ?? new Float32Array()));
  let sum = 0;
  for (const own of scores) for (const score of own) sum += score;
  return sum > 0 ? scores.map((own) => own.map((score) => score / sum)) : scores;
}
