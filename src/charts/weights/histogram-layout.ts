import { count, percent, plural, significant } from '../../numerics/measures/number-words';

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
  /** The step between levels; null where it is not the same for all. */
  readonly scale: number | null;
  /** Distinct values in use, and how many there could be if that is one number. */
  readonly distinct: number;
  readonly possible: number | null;
  /** Weights that are stored as 0. */
  readonly zeros: number;
}

export interface Level {
  /** Steps from zero; null where there is no common step. */
  readonly code: number | null;
  readonly value: number;
  readonly count: number;
  /** Share of all weights. */
  readonly share: number;
  /** Weights per unit of weight: share / scale, or / the distance of the levels around it; comparable with the latent density. */
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

/** Stored levels in ascending order of value, each one step wide; without a common step as wide as halfway to its neighbours. */
export function storedLevels({ values, counts, scale }: StoredLevels): readonly Level[] {
  const total = sum(counts);
  const sorted = Array.from(values, (value, i) => ({ value, count: counts[i]! })).sort((a, b) => a.value - b.value);
  return sorted.map(({ value, count }, i) => {
    const share = total > 0 ? count / total : 0;
    const width = scale ?? cellWidth(sorted[i - 1]?.value, value, sorted[i + 1]?.value);
    // A layer of zeros has scale 0 and one level: no width to spread a density over.
    const density = width > 0 ? share / width : 0;
    return { code: scale === null ? null : scale > 0 ? Math.round(value / scale) : 0, value, count, share, density };
  });
}

/** From halfway to the one neighbour to halfway to the other; the outer halves are as wide as the inner ones. */
function cellWidth(below: number | undefined, value: number, above: number | undefined): number {
  const down = below === undefined ? undefined : value - below;
  const up = above === undefined ? undefined : above - value;
  return ((down ?? up ?? 0) + (up ?? down ?? 0)) / 2;
}

/** Limits of the weight axis: everything that is drawn, with half a step of air. */
export function weightDomain(latent: LatentHistogram, levels: readonly Level[], scale: number | null): [number, number] {
  const air = (scale ?? 0) / 2;
  const low = Math.min(latent.min, ...levels.slice(0, 1).map((l) => l.value - air));
  const high = Math.max(latent.max, ...levels.slice(-1).map((l) => l.value + air));
  return low < high ? [low, high] : [low - 1, high + 1];
}

/** Codes to write under the axis so that neighbours are at least `gap` apart: all of them, or every 2nd, 5th, 10th … one, 0 among them. */
export function codeTicks(levels: readonly Level[], pixelsPerStep: number, gap: number): readonly number[] {
  const [first, last] = [levels.at(0)?.code, levels.at(-1)?.code];
  if (first == null || last == null) return [];
  const every = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].find((n) => n * pixelsPerStep >= gap) ?? 5000;
  const from = Math.ceil(first / every);
  return Array.from({ length: Math.floor(last / every) - from + 1 }, (_, i) => (from + i) * every);
}

/** How much higher than all others a level at 0 may be; a higher one is cut off. */
const MOST_ZEROS = 1.5;

/**
 * Density at the upper edge of the picture: that of the highest bin or level. Where pruning leaves most weights at 0, that level would
 * leave no room for the others: it is cut off, and its share is written beside it.
 */
export function peakDensity(bins: readonly DensityBin[], levels: readonly Level[]): { readonly peak: number; readonly cut: Level | null } {
  const zero = levels.find(({ value }) => value === 0) ?? null;
  const others = Math.max(1e-30, ...bins.map((b) => b.density), ...levels.filter((l) => l !== zero).map((l) => l.density));
  const cut = zero && zero.density > MOST_ZEROS * others && zero.share > 0.5 ? zero : null;
  return { peak: cut ? MOST_ZEROS * others : Math.max(others, zero?.density ?? 0), cut };
}

/** The picture in one sentence. @param pruned weights that are held at 0, which are not in the latent histogram */
export function histogramSummary(latent: LatentHistogram, stored: StoredLevels | null, pruned = 0): string {
  const weights = sum(latent.counts) + pruned;
  if (!stored && pruned > 0) {
    const range = pruned < weights ? `; the others lie between ${significant(latent.min)} and ${significant(latent.max)}` : '';
    return `${count(pruned)} of ${plural(weights, 'weight')} are pruned${range}. Each is stored as a 32-bit float, including zeros.`;
  }
  if (!stored)
    return `${plural(weights, 'weight')} between ${significant(latent.min)} and ${significant(latent.max)}, each stored as a 32-bit float.`;
  const { distinct, possible, bits, scale, zeros } = stored;
  const used = possible === null || distinct === possible ? plural(distinct, 'level') : `${count(distinct)} of ${count(possible)} levels`;
  const step = scale === null ? (possible === null ? 'several scales' : 'no common step') : `one step s = ${significant(scale)}`;
  const all = sum(stored.counts);
  const share = all > 0 ? zeros / all : 0;
  return `${used} of ${plural(bits, 'bit')}; ${step}; ${percent(share, 0)} of the ${plural(all, 'weight')} are stored as 0.`;
}

export function levelReadout(level: Level): string {
  const code = level.code === null ? '' : `code ${count(level.code)} · `;
  return `${code}stored value ${significant(level.value)} · ${plural(level.count, 'weight')} (${percent(level.share)})`;
}

export function binReadout(bin: DensityBin, total: number): string {
  return `latent ${significant(bin.from)} to ${significant(bin.to)} · ${plural(bin.count, 'weight')} (${percent(bin.count / total)})`;
}

export function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i]!;
  return total;
}
