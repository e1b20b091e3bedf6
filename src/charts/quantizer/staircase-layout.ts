import { count, percent, plural, significant } from '../../numerics/measures/number-words';

/** Some weights of a layer, ascending, with what is stored for each, and its surrogate gradient. */
export interface Pairs {
  readonly latent: ArrayLike<number>;
  readonly stored: ArrayLike<number>;
  readonly gradient: ArrayLike<number>;
}

export interface Staircase extends Pairs {
  /** Weights that the pairs were taken from. */
  readonly weights: number;
  /** Distinct stored values, ascending; empty if there are too many to mark. */
  readonly levels: ArrayLike<number>;
  /** NaN if not counted. */
  readonly levelCount: number;
  readonly clip: readonly [number, number] | null;
  /** Weights beyond `clip`. */
  readonly clipped: number;
  /** Mean of (latent − stored)². */
  readonly error: number;
}

/** Latent values up to `to` are stored as `value`. */
export interface Tread {
  readonly to: number;
  readonly value: number;
}

/** The limits of both axes: every weight and every level, with a little air. */
export function staircaseDomain({ latent, levels, stored }: Pick<Staircase, 'latent' | 'levels' | 'stored'>): [number, number] {
  const drawn = [first(latent), last(latent), first(levels), last(levels), first(stored), last(stored)].filter((v) => v !== undefined);
  const [low, high] = [Math.min(...drawn), Math.max(...drawn)];
  if (!(low < high)) return [low - 1, high + 1];
  const air = 0.03 * (high - low);
  return [low - air, high + air];
}

/** Whether a larger weight is never stored as a smaller value: not so for stochastic rounding. */
export function isMonotone(stored: ArrayLike<number>): boolean {
  for (let i = 1; i < stored.length; i++) if (stored[i]! < stored[i - 1]!) return false;
  return true;
}

/**
 * The treads of a monotone quantizer as far as its pairs show: each border lies between two neighbouring weights, in the middle of
 * its two levels where that is between them. The last tread has no end.
 */
export function treads({ latent, stored, levels }: Pick<Staircase, 'latent' | 'stored' | 'levels'>): readonly Tread[] {
  const found: Tread[] = [];
  for (let i = 0; i + 1 < latent.length; i++) {
    const between = Array.from(levels).filter((level) => level > stored[i]! && level < stored[i + 1]!);
    const steps = stored[i] === stored[i + 1] ? [] : [stored[i]!, ...between, stored[i + 1]!];
    for (let j = 0; j + 1 < steps.length; j++) {
      const middle = (steps[j]! + steps[j + 1]!) / 2;
      const within = middle >= latent[i]! && middle <= latent[i + 1]!;
      const share = (j + 1) / steps.length;
      found.push({ to: within ? middle : latent[i]! + share * (latent[i + 1]! - latent[i]!), value: steps[j]! });
    }
  }
  if (stored.length > 0) found.push({ to: Number.POSITIVE_INFINITY, value: last(stored)! });
  return found;
}

type Position = (value: number) => number;

/** An SVG path through the treads, from one end of the domain to the other. */
export function treadPath(steps: readonly Tread[], [low, high]: readonly [number, number], x: Position, y: Position): string {
  return steps
    .map(({ to, value }, i) => `${i === 0 ? `M${round(x(low))} ` : 'V'}${round(y(value))}H${round(x(Math.min(to, high)))}`)
    .join('');
}

/** The area between the treads and the diagonal on which nothing is rounded. */
export function errorPath(steps: readonly Tread[], [low, high]: readonly [number, number], x: Position, y: Position): string {
  if (steps.length === 0) return '';
  return `${treadPath(steps, [low, high], x, y)}L${round(x(high))} ${round(y(high))}L${round(x(low))} ${round(y(low))}Z`;
}

/** Stored values that are far enough apart to be marked: all, or none. */
export function levelTicks(levels: ArrayLike<number>, y: Position, gap: number): readonly number[] {
  const all = Array.from(levels);
  const closest = all.slice(1).reduce((least, level, i) => Math.min(least, Math.abs(y(level) - y(all[i]!))), Number.POSITIVE_INFINITY);
  return closest >= gap ? all : [];
}

/** The picture in one sentence or two. @param spacing of neighbouring levels; null if it is not the same everywhere */
export function anatomySummary(staircase: Staircase, spacing: number | null): string {
  const { levels, levelCount, weights, clip, clipped, error } = staircase;
  const used = Number.isNaN(levelCount) ? 'More than 65,536 levels' : `${plural(levelCount, 'level')} in use`;
  const apart = levels.length < 2 ? '' : spacing === null ? ', unevenly spaced' : `, ${significant(spacing)} apart`;
  const outside =
    clip === null
      ? ''
      : clipped === 0
        ? ' No weight is clipped.'
        : ` ${percent(clipped / weights)} of the weights lie beyond the outermost levels and are clipped.`;
  return `${used}${apart}.${outside} Root mean square error ${significant(Math.sqrt(error))}.`;
}

export function pairReadout({ latent, stored }: Pairs, i: number): string {
  const error = stored[i]! - latent[i]!;
  return `latent w ${significant(latent[i]!)} · stored ŵ ${significant(stored[i]!)} · error ${error > 0 ? '+' : ''}${significant(error, 2)}`;
}

/** At most `limit` rows of a table, evenly picked, always with the last one. */
export function tableRows<T>(items: readonly T[], limit: number): readonly T[] {
  if (items.length <= limit) return items;
  return Array.from({ length: limit }, (_, i) => items[Math.round((i * (items.length - 1)) / (limit - 1))]!);
}

/** The pair whose latent value is nearest. */
export function nearestPair(latent: ArrayLike<number>, at: number): number {
  let [low, high] = [0, latent.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (latent[middle]! < at) low = middle + 1;
    else high = middle;
  }
  return low > 0 && at - latent[low - 1]! < latent[low]! - at ? low - 1 : low;
}

/** "group 151 of 300: 784 weights", or '' for one scale. @param shown number of the group, from 0 */
export function groupPhrase(shown: number, groups: number, weights: number): string {
  return groups > 1 ? `group ${count(shown + 1)} of ${count(groups)}: ${plural(weights, 'weight')}` : '';
}

function first(values: ArrayLike<number>): number | undefined {
  return values[0];
}

function last(values: ArrayLike<number>): number | undefined {
  return values[values.length - 1];
}

function round(x: number): number {
  return Math.round(x * 10) / 10;
}
