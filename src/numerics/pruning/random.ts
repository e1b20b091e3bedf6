import { drawSeed, fillUniform, Purpose } from '../random/rng';

/** Each prune step has its own streams, one for each of at most this many tensors. */
const TENSORS = 4096;

/**
 * Scores that know nothing of the weights: uniform in [0, 1), the baseline for every other criterion (Blalock et al. 2020, "What is
 * the state of neural network pruning?", arXiv 2003.03033). They are keyed by (seed of the draw, scores, step and tensor).
 * @param sizes weights of each tensor  @param draw 1, 2, 3 …: an independent draw each  @param step number of the step in the program
 */
export function randomScores(sizes: readonly number[], seed: number, draw: number, step: number): Float32Array[] {
  return sizes.map((size, tensor) => {
    const scores = new Float32Array(size);
    fillUniform(scores, drawSeed(seed, draw), Purpose.scores, step * TENSORS + tensor);
    return scores;
  });
}
