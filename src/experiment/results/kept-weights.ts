import type { Histogram, LayerInspection, LayerLevels } from '../types/events';

/** The weights of a layer as a saved run has them: few numbers, enough to draw the layer and to read what it stores. */
export interface KeptLayer {
  readonly layer: string;
  /** Full-precision weights under the parametrizations: how many lie in each of equal bins of [min, max]. */
  readonly latent: { readonly min: number; readonly max: number; readonly counts: readonly number[] };
  /** Null where the layer is not quantized. */
  readonly stored: KeptLevels | null;
}

export interface KeptLevels {
  /** Distinct stored values, ascending; the centres of equal bins if there are more than MOST_LEVELS of them. */
  readonly values: readonly number[];
  readonly counts: readonly number[];
  /** From one value or bin to the next; null where the levels are not evenly spaced. */
  readonly step: number | null;
  /** Of one code. */
  readonly bits: number;
  /** Distinct values in use. */
  readonly distinct: number;
  /** Distinct values that there could be; null where blocks have scales of their own. */
  readonly possible: number | null;
  /** Weights that are stored as 0. */
  readonly zeros: number;
}

/** Bins of a saved histogram, and levels of a layer, at most. */
export const MOST_BINS = 64;
export const MOST_LEVELS = 128;
/** Equal bins for levels that are not evenly spaced. Odd, so that 0 is the centre of one. */
const BINS = 121;
/** Digits that a picture needs, and a person reads. */
const DIGITS = 6;

export function keptLayer({ layer, latent, stored }: Pick<LayerInspection, 'layer' | 'latent' | 'stored'>): KeptLayer {
  return { layer, latent: fewerBins(latent), stored: stored && fewerLevels(stored) };
}

/** Neighbouring bins taken together; where their number is no multiple, the last bin reaches over the end. */
function fewerBins({ min, max, counts }: Histogram): KeptLayer['latent'] {
  const every = Math.max(1, Math.ceil(counts.length / MOST_BINS));
  const bins = Math.ceil(counts.length / every);
  const width = (max - min) / Math.max(1, counts.length);
  return {
    min: short(min),
    max: short(min + bins * every * width),
    counts: Array.from({ length: bins }, (_, i) => sum(counts.subarray(i * every, (i + 1) * every))),
  };
}

function fewerLevels({ bits, distinct, possible, zeros, scale, ...all }: LayerLevels): KeptLevels {
  const about = { bits, distinct, possible, zeros };
  // Some number formats have an infinity, which has no position on an axis.
  const counts = all.counts.filter((_, i) => Number.isFinite(all.values[i]));
  const values = all.values.filter(Number.isFinite);
  // With more levels than the inspection lists, these are its bins, which are wider than the step between levels.
  const isListed = distinct === all.values.length;
  const told = isListed && scale !== null && scale > 0 ? scale : null;
  if (values.length <= MOST_LEVELS) {
    const step = isListed ? told : evenStep(values);
    return { values: Array.from(values, short), counts: [...counts], step: step === null ? null : short(step), ...about };
  }
  const step = told ?? evenStep(values);
  return { ...(step === null ? inBins(values, counts) : byTogether(values, counts, step)), ...about };
}

/** The step of which all differences are multiples; null if there is none. */
function evenStep(values: Float32Array): number | null {
  let step = Number.POSITIVE_INFINITY;
  for (let i = 1; i < values.length; i++) step = Math.min(step, at(values, i) - at(values, i - 1));
  if (!(step > 0) || !Number.isFinite(step)) return null;
  const first = at(values, 0);
  return values.every((value) => Math.abs((value - first) / step - Math.round((value - first) / step)) < 0.02) ? step : null;
}

/** An odd number of evenly spaced levels taken together, so that 0 stays the centre of its bin: no bin has one level more than others. */
function byTogether(values: Float32Array, counts: Uint32Array, step: number) {
  const span = Math.round((at(values, values.length - 1) - at(values, 0)) / step) + 1;
  let together = Math.ceil(span / (MOST_LEVELS - 1));
  if (together % 2 === 0) together += 1;
  return grouped(values, counts, step * together);
}

/** The outermost values are the centres of the outermost bins. */
function inBins(values: Float32Array, counts: Uint32Array) {
  const reach = Math.max(-at(values, 0), at(values, values.length - 1)) || 1;
  return grouped(values, counts, (2 * reach) / (BINS - 1));
}

/** Counts by the nearest multiple of `width`. */
function grouped(values: Float32Array, counts: Uint32Array, width: number) {
  const held = new Map<number, number>();
  for (const [i, value] of values.entries()) {
    const bin = Math.round(value / width);
    held.set(bin, (held.get(bin) ?? 0) + (counts[i] ?? 0));
  }
  const bins = [...held].sort(([a], [b]) => a - b);
  return { values: bins.map(([bin]) => short(bin * width)), counts: bins.map(([, n]) => n), step: short(width) };
}

const at = (values: Float32Array, i: number) => values[i] ?? 0;

function sum(counts: Uint32Array): number {
  return counts.reduce((a, b) => a + b, 0);
}

function short(value: number): number {
  return Number(value.toPrecision(DIGITS));
}
