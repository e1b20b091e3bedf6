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

/** Stored levels in ascending order of value. */
export function storedLevels({ values, counts, scale }: StoredLevels): readonly Level[] {
  const total = sum(counts);
  const sorted = Array.from(values, (value, i) => ({ value, count: counts[i]! })).sort((a, b) => a.value - b.value);
  return sorted.map(({ value, count }) => {
    const code = scale === null ? null : scale > 0 ? Math.round(value / scale) : 0;
    return { code, value, count, share: total > 0 ? count / total : 0 };
  });
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

/**
 * Limit of the axis of shares, which begins at 0, and its ticks. A bar's length is its share of the weights. Where one value has more than half of them
 * the axis ends at all of them, so that 99 % are drawn longer than 65 % in every picture.
 */
export function shareAxis(levels: readonly Pick<Level, 'share'>[]): { readonly top: number; readonly ticks: readonly number[] } {
  const most = Math.max(0, ...levels.map(({ share }) => share));
  const top = most > 0.5 ? 1 : ([0.5, 0.2, 0.1, 0.05, 0.02, 0.01].findLast((limit) => limit >= most) ?? 0.5);
  return { top, ticks: [top / 2, top] };
}

/** Which levels have their share written over them: all where there is room for each, otherwise the largest alone. */
export function labelledLevels(levels: readonly Level[], pixelsApart: number): ReadonlySet<number> {
  const largest = levels.reduce((best, { share }, i) => (share > (levels[best]?.share ?? -1) ? i : best), 0);
  return new Set(pixelsApart >= 34 ? levels.keys() : levels.length > 0 ? [largest] : []);
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
  const apart = scale === null ? (possible === null ? ', with several scales' : ', not evenly spaced') : `, ${significant(scale)} apart`;
  const all = sum(stored.counts);
  const share = all > 0 ? zeros / all : 0;
  return `${inTitle(usedValues(distinct, possible))} of ${plural(bits, 'bit')}${apart}; ${percent(share, 0)} of the ${plural(all, 'weight')} are 0 in the file.`;
}

/** "6 of the 15 possible values", "all 7 possible values", "12 values". */
export function usedValues(distinct: number, possible: number | null): string {
  if (possible === null) return plural(distinct, 'value');
  return distinct === possible ? `all ${count(distinct)} possible values` : `${count(distinct)} of the ${count(possible)} possible values`;
}

function inTitle(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function levelReadout(level: Level): string {
  const code = level.code === null ? '' : `code ${count(level.code)} · `;
  return `${code}value in the file ${significant(level.value)} · ${plural(level.count, 'weight')} (${percent(level.share)})`;
}

export function binReadout(bin: DensityBin, total: number): string {
  return `while training: ${significant(bin.from)} to ${significant(bin.to)} · ${plural(bin.count, 'weight')} (${percent(bin.count / total)})`;
}

export function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i]!;
  return total;
}
