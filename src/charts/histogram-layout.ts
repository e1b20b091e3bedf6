import { count, percent, plural, significant } from '../numerics/format';

export interface LatentHistogram {
  readonly min: number;
  readonly max: number;
  readonly counts: ArrayLike<number>;
}

export interface StoredLevels {
  /** Distinct values in weight units, any order. */
  readonly values: ArrayLike<number>;
  readonly counts: ArrayLike<number>;
  readonly bits: number;
  readonly scale: number;
}

export interface Level {
  readonly code: number;
  readonly value: number;
  readonly count: number;
  /** Share of all weights. */
  readonly share: number;
  /** Weights per unit of weight: share / scale, comparable with the latent density. */
  readonly density: number;
}

export interface DensityBin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly density: number;
}

/** Density of each bin: share of all weights per unit of weight. The area is 1 whatever the bins, so that pictures compare. */
export function densityBins({ min, max, counts }: LatentHistogram): readonly DensityBin[] {
  const total = sum(counts);
  const width = (max - min) / counts.length || 1;
  return Array.from(counts, (n, i) => ({
    from: min + i * width,
    to: min + (i + 1) * width,
    count: n,
    density: total > 0 ? n / total / width : 0,
  }));
}

/** Stored levels in ascending order of value, each one step of `scale` wide. */
export function storedLevels({ values, counts, scale }: StoredLevels): readonly Level[] {
  const total = sum(counts);
  return Array.from(values, (value, i) => {
    const share = total > 0 ? counts[i]! / total : 0;
    // A layer of zeros has scale 0 and one level: no width to spread a density over.
    const [code, density] = scale > 0 ? [Math.round(value / scale), share / scale] : [0, 0];
    return { code, value, count: counts[i]!, share, density };
  }).sort((a, b) => a.value - b.value);
}

/** Limits of the weight axis: everything that is drawn, with half a step of air. */
export function weightDomain(latent: LatentHistogram, levels: readonly Level[], scale: number): [number, number] {
  const low = Math.min(latent.min, ...levels.slice(0, 1).map((l) => l.value - scale / 2));
  const high = Math.max(latent.max, ...levels.slice(-1).map((l) => l.value + scale / 2));
  return low < high ? [low, high] : [low - 1, high + 1];
}

/** Codes to write under the axis so that neighbours are at least `gap` apart: all of them, or every 2nd, 5th, 10th … one, 0 among them. */
export function codeTicks(levels: readonly Level[], pixelsPerStep: number, gap: number): readonly number[] {
  const [first, last] = [levels.at(0)?.code, levels.at(-1)?.code];
  if (first === undefined || last === undefined) return [];
  const every = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].find((n) => n * pixelsPerStep >= gap) ?? 5000;
  const from = Math.ceil(first / every);
  return Array.from({ length: Math.floor(last / every) - from + 1 }, (_, i) => (from + i) * every);
}

/** The picture in one sentence. */
export function histogramSummary(latent: LatentHistogram, stored: StoredLevels | null): string {
  const weights = sum(latent.counts);
  if (!stored)
    return `${plural(weights, 'weight')} between ${significant(latent.min)} and ${significant(latent.max)}, each stored as a 32-bit float.`;
  const levels = storedLevels(stored);
  const zero = levels.find((l) => l.code === 0)?.share ?? 0;
  const possible = 2 ** stored.bits - 1;
  const used = levels.length === possible ? `${levels.length} levels` : `${levels.length} of ${count(possible)} levels`;
  return `${used} of ${plural(stored.bits, 'bit')}; one step s = ${significant(stored.scale)}; ${percent(zero, 0)} of the ${plural(weights, 'weight')} are stored as 0.`;
}

export function levelReadout(level: Level): string {
  return `code ${count(level.code)} · stored value ${significant(level.value)} · ${plural(level.count, 'weight')} (${percent(level.share)})`;
}

export function binReadout(bin: DensityBin, total: number): string {
  return `latent ${significant(bin.from)} to ${significant(bin.to)} · ${plural(bin.count, 'weight')} (${percent(bin.count / total)})`;
}

export function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i]!;
  return total;
}
