import { count, significant } from '../../numerics/measures/number-words';

/** Weights as bins of equal width from `min` to `max`. */
export interface WeightBins {
  readonly min: number;
  readonly max: number;
  readonly counts: ArrayLike<number>;
}

/** Shared values and how many weights have each, ascending by value. */
export interface SharedValues {
  readonly values: ArrayLike<number>;
  readonly counts: ArrayLike<number>;
}

export interface Centroid {
  readonly value: number;
  readonly weights: number;
  /** Where it was before it was trained; null where that is not known. */
  readonly before: number | null;
}

/**
 * The centroids, without the 0 of pruned weights. Clusters do not change while centroids are trained, so that the one with the same rank
 * and as many weights is the same one; where a rank has another number of weights, centroids have passed each other and are not matched.
 */
export function centroids(now: SharedValues, before: SharedValues | null): readonly Centroid[] {
  const own = pairs(now);
  const old = before ? pairs(before) : [];
  return own.map(({ value, weights }, i) => {
    const match = old[i];
    return { value, weights, before: match && old.length === own.length && match.weights === weights ? match.value : null };
  });
}

function pairs({ values, counts }: SharedValues): { value: number; weights: number }[] {
  return Array.from(values, (value, i) => ({ value, weights: counts[i] ?? 0 })).filter(({ value }) => value !== 0);
}

/** From the smallest to the largest weight or centroid. */
export function clusterRange(bins: WeightBins, list: readonly Centroid[]): readonly [number, number] {
  const all = list.flatMap(({ value, before }) => [value, before ?? value]);
  return [Math.min(bins.min, ...all), Math.max(bins.max, ...all)];
}

export function clusterSummary(layer: string, list: readonly Centroid[]): string {
  const weights = list.reduce((sum, one) => sum + one.weights, 0);
  const moved = list.flatMap(({ value, before }) => (before === null ? [] : [Math.abs(value - before)]));
  const farthest = moved.length > 0 ? Math.max(...moved) : 0;
  const movement = farthest > 0 ? ` Training moved them by up to ${significant(farthest)}.` : '';
  return `${layer}: ${count(weights)} weights share ${count(list.length)} values.${movement}`;
}

export function centroidReadout({ value, weights, before }: Centroid): string {
  const moved = before !== null && before !== value ? ` · it was ${significant(before)} before it was trained` : '';
  return `value ${significant(value)} · ${count(weights)} weights${moved}`;
}
