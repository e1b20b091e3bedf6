import { scaleGrid } from '../scales/scale-grid';
import { type ClusterStart, type ClusterStream, kMeans } from './k-means';
import { levelCodes, midpoints } from './levels';

/**
 * Weight sharing (Han, Mao and Dally 2016, "Deep compression", arXiv 1510.00149, section 3): the weights of a layer that are not pruned
 * are put into clusters once; afterwards all weights of a cluster have one value, which training moves.
 */

export interface SharedWeights {
  /** The cluster of each weight. A weight of 0 counts as pruned: no cluster is fitted to it, and it is in the nearest one. */
  readonly codes: Int32Array;
  /** The values of the clusters that have weights: at most k, ascending. */
  readonly levels: Float32Array;
}

/**
 * Clusters of the weights that are not 0. A cluster that no weight is in is left out.
 * @param values finite  @param k clusters, at most  @throws RangeError if a value is not finite
 */
export function shareWeights(values: Float32Array, k: number, start: ClusterStart, stream: ClusterStream): SharedWeights {
  const kept = values.filter((value) => value !== 0);
  if (kept.length === 0) return { codes: new Int32Array(values.length), levels: new Float32Array(1) };
  const centroids = kMeans(kept, k, start, stream);
  const grid = scaleGrid([values.length], 'tensor');
  const nearest = k === 1 ? new Int32Array(values.length) : levelCodes(values, midpoints(centroids, k), k, grid);
  const used = [...new Set(nearest.filter((_, i) => values[i] !== 0))].sort((a, b) => a - b);
  const rank = new Map(used.map((code, i) => [code, i]));
  const levels = Float32Array.from(used, (code) => centroids[code] as number);
  const ofZero = levels.reduce((best, level, i) => (Math.abs(level) < Math.abs(levels[best] as number) ? i : best), 0);
  return { codes: nearest.map((code, i) => (values[i] === 0 ? ofZero : (rank.get(code) ?? 0))), levels };
}

/**
 * How many times smaller shared weights are than weights of b bits, the codebook included and nothing else: n b / (n log₂ k + k b)
 * (equation 1).
 * @param n weights  @param k clusters  @param b bits of an unshared weight
 */
export function sharingRate(n: number, k: number, b = 32): number {
  return (n * b) / (n * Math.log2(k) + k * b);
}
