import { permutation } from '../random/rng';
import { blockValues, type ScaleGrid } from '../scales/scale-grid';

/**
 * K-means on numbers: the codebook of weight sharing (Han, Mao and Dally 2016, "Deep compression", arXiv 1510.00149, section 3).
 * Sorted values make a cluster an interval: an iteration takes k binary searches and reads sums off a running total, however
 * many values there are.
 */

/** Starts: equal steps from least to largest value; equal shares of the values; k of the values, drawn at random (Forgy). */
export const clusterStarts = ['linear', 'density', 'random'] as const;
export type ClusterStart = (typeof clusterStarts)[number];

/** Lloyd's algorithm on sorted numbers ends long before. */
const MOST_ITERATIONS = 500;

/** Where random starts come from. */
export interface ClusterStream {
  readonly seed: number;
  readonly purpose: number;
}

/**
 * The k centroids that Lloyd's algorithm ends with, ascending. An empty cluster keeps its centroid. Sums are double precision.
 * @param values at least one, finite  @throws RangeError otherwise
 */
export function kMeans(
  values: Float32Array,
  k: number,
  start: ClusterStart,
  stream: ClusterStream = { seed: 0, purpose: 0 },
): Float32Array {
  const sorted = sortedFinite(values);
  const totals = runningTotals(sorted);
  let centroids = startOf(sorted, k, start, stream);
  let ends = intervalEnds(sorted, centroids);
  for (let iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
    centroids = centroids.map((centroid, j) => {
      const [from, to] = [j === 0 ? 0 : (ends[j - 1] as number), ends[j] as number];
      if (to === from) return centroid;
      const mean = ((totals[to] as number) - (totals[from] as number)) / (to - from);
      // A difference of large totals may miss small means; inside its cluster it keeps the order.
      return Math.min(sorted[to - 1] as number, Math.max(sorted[from] as number, mean));
    });
    const next = intervalEnds(sorted, centroids);
    if (next.every((end, j) => end === ends[j])) break;
    ends = next;
  }
  return centroids;
}

/**
 * The middle of each of k equal shares of the values, ascending: quantiles (i + 1/2) / k, interpolated between neighbours.
 * @param values at least one, finite  @throws RangeError otherwise
 */
export function quantileLevels(values: Float32Array, k: number): Float32Array {
  const sorted = sortedFinite(values);
  return Float32Array.from({ length: k }, (_, i) => quantile(sorted, (i + 0.5) / k));
}

/**
 * Gradient for shared weights: the sum, not the mean, over the weights of a cluster (Han, Mao and Dally 2016, equation 3).
 * @param codes the cluster of each weight
 */
export function centroidGradients(gradient: Float32Array, codes: Int32Array, k: number): Float32Array {
  const sums = new Float64Array(k);
  for (let i = 0; i < codes.length; i++) sums[codes[i] as number] = (sums[codes[i] as number] as number) + (gradient[i] as number);
  return Float32Array.from(sums);
}

function sortedFinite(values: Float32Array): Float32Array {
  if (values.length === 0) throw new RangeError('There are no values to put into clusters.');
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw new RangeError(`Value ${bad} is ${values[bad]}; only finite numbers can be quantized.`);
  // Adding 0 makes −0 plain 0, which would sort before it.
  return values.map((value) => value + 0).sort();
}

/** totals[i]: sum of the first i values. */
function runningTotals(sorted: Float32Array): Float64Array {
  const totals = new Float64Array(sorted.length + 1);
  for (let i = 0; i < sorted.length; i++) totals[i + 1] = (totals[i] as number) + (sorted[i] as number);
  return totals;
}

function startOf(sorted: Float32Array, k: number, start: ClusterStart, { seed, purpose }: ClusterStream): Float32Array {
  const [least, largest] = [sorted[0] as number, sorted[sorted.length - 1] as number];
  switch (start) {
    case 'linear':
      return Float32Array.from({ length: k }, (_, i) => (k === 1 ? (least + largest) / 2 : least + ((largest - least) * i) / (k - 1)));
    case 'density':
      return Float32Array.from({ length: k }, (_, i) => quantile(sorted, k === 1 ? 0.5 : i / (k - 1)));
    case 'random': {
      const order = permutation(sorted.length, seed, purpose, 0);
      return Float32Array.from({ length: k }, (_, i) => sorted[order[i % order.length] as number] as number).sort();
    }
  }
}

/** For each centroid, how many values are in its cluster or in one before it. */
function intervalEnds(sorted: Float32Array, centroids: Float32Array): Int32Array {
  const ends = new Int32Array(centroids.length).fill(sorted.length);
  for (let j = 0; j + 1 < centroids.length; j++) {
    const border = Math.fround((centroids[j] as number) + (centroids[j + 1] as number)) * 0.5;
    // As in `levelCodes`, a value on the border belongs to the lower level.
    ends[j] = countUpTo(sorted, border);
  }
  return ends;
}

/** How many sorted values are at most `border`: a binary search. */
function countUpTo(sorted: Float32Array, border: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) <= border) low = middle + 1;
    else high = middle;
  }
  return low;
}

function quantile(sorted: Float32Array, p: number): number {
  // Quantile p of n values lies at p n − 1/2 when each value represents the middle of its share.
  const at = Math.min(sorted.length - 1, Math.max(0, p * sorted.length - 0.5));
  const below = Math.floor(at);
  const low = sorted[below] as number;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number;
  return low + (high - low) * (at - below);
}

/** Codebooks: a table of levels fitted to weights, one for each block of a grid. */

export interface CodebookOptions {
  /** Levels in a codebook: 2^bits. */
  readonly size: number;
  readonly fit: 'k-means' | 'quantiles';
  /** Of k-means. */
  readonly start: ClusterStart;
  /** One level is 0, and zeros do not count for the others. */
  readonly zeroLevel: boolean;
  readonly stream: ClusterStream;
}

/**
 * Levels for each block, ascending, codebook after codebook.
 * @throws RangeError if a value is not finite
 */
export function fitCodebooks(values: Float32Array, grid: ScaleGrid, options: CodebookOptions): Float32Array {
  const levels = new Float32Array(grid.scales * options.size);
  for (const [codebook, members] of blockValues(values, grid).entries()) levels.set(fitLevels(members, options), codebook * options.size);
  return levels;
}

function fitLevels(values: Float32Array, { size, fit, start, zeroLevel, stream }: CodebookOptions): Float32Array {
  const counted = zeroLevel ? values.filter((value) => value !== 0) : values;
  if (counted.length === 0) return new Float32Array(size);
  const k = zeroLevel ? size - 1 : size;
  const levels = fit === 'k-means' ? kMeans(counted, k, start, stream) : quantileLevels(counted, k);
  return zeroLevel ? Float32Array.of(0, ...levels).sort() : levels;
}
