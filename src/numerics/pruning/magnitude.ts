/**
 * The score of a weight is its distance from 0: |w| (Han et al. 2015, "Learning both weights and connections for efficient neural
 * networks", arXiv 1506.02626).
 */
export function magnitudeScores(weights: Float32Array): Float32Array {
  return weights.map(Math.abs);
}
