/** Codebooks: a table of levels fitted to weights, one for each block of a grid. */
import { type ClusterStart, type ClusterStream, kMeans, quantileLevels } from './k-means';
import { blockValues, type ScaleGrid } from './scale-grid';

export interface CodebookOptions {
  /** Levels in a book: 2^bits. */
  readonly size: number;
  readonly fit: 'k-means' | 'quantiles';
  /** Of k-means. */
  readonly start: ClusterStart;
  /** One level is 0, and zeros do not count for the others. */
  readonly zeroLevel: boolean;
  readonly stream: ClusterStream;
}

/**
 * Levels for each block, ascending, book after book.
 * @throws RangeError if a value is not finite
 */
export function fitCodebooks(values: Float32Array, grid: ScaleGrid, options: CodebookOptions): Float32Array {
  const levels = new Float32Array(grid.scales * options.size);
  for (const [book, members] of blockValues(values, grid).entries()) levels.set(fitLevels(members, options), book * options.size);
  return levels;
}

function fitLevels(values: Float32Array, { size, fit, start, zeroLevel, stream }: CodebookOptions): Float32Array {
  const counted = zeroLevel ? values.filter((value) => value !== 0) : values;
  if (counted.length === 0) return new Float32Array(size);
  const k = zeroLevel ? size - 1 : size;
  const levels = fit === 'k-means' ? kMeans(counted, k, start, stream) : quantileLevels(counted, k);
  return zeroLevel ? Float32Array.of(0, ...levels).sort() : levels;
}
