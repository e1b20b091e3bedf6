/** What the pictures of one quantized layer are drawn from: small arrays, taken now and then while a network trains. */
import { encodingKind } from '../container/encodings/registry';
import type { Encoding, StoredTensor } from '../container/stored-tensor';
import { histogram, range } from '../measures/histogram';
import type { Rounding } from '../rounding/rounding';
import { scaleGrid } from '../scales/scale-grid';
import type { Flips } from './level-flips';
import { bestScale, type CodeRange, errorAtScale, geometricScales, neededScales, type ScaleError, upperQuantile } from './scale-error';
import { blockMembers, picked, type ScaleMap, scaleMap, shownBlock } from './scale-map';

export interface QuantizerInspection {
  readonly kind: Exclude<Encoding['kind'], 'float32'>;
  readonly bits: number;
  readonly weights: number;
  /** The weights that share one scale, or one codebook: all of them where there is one. */
  readonly group: GroupInspection;
  /** How many groups there are, and the number of the one that is shown, from 0. */
  readonly groups: number;
  readonly shown: number;
  /** Weights of the layer whose surrogate gradient is 0. */
  readonly dead: number;
  readonly flips: (Flips & { readonly steps: number }) | null;
  /** Null for quantizers whose levels are not evenly spaced: they have no scale that could be varied. */
  readonly scale: ScaleInspection | null;
  /** Null for quantizers without scales. */
  readonly map: ScaleMap | null;
  /** Bits of the file that the layer takes beside its codes: masks, scales, zero-points, codebooks. */
  readonly overheadBits: number;
}

export interface GroupInspection {
  readonly weights: number;
  /** Some of the weights, in ascending order of the latent value, smallest and largest among them. */
  readonly latent: Float32Array;
  /** What the file holds for each of them, and the surrogate gradient ∂ŵ/∂w. */
  readonly stored: Float32Array;
  readonly gradient: Float32Array;
  readonly histogram: { readonly min: number; readonly max: number; readonly counts: Uint32Array };
  /** Distinct stored values, ascending; empty if there are more than 256. */
  readonly levels: Float32Array;
  readonly levelCount: number;
  /** Outermost values that the quantizer can store; null if it has none: a format of numbers, which reaches far, or a free scale. */
  readonly clip: readonly [number, number] | null;
  /** Weights beyond them. */
  readonly clipped: number;
  /** Mean of (w − ŵ)². */
  readonly error: number;
}

export interface ScaleInspection {
  /** The scale in use with the error that the group really has. */
  readonly current: ScaleError;
  /** The error of rounding, as the quantizer does it, at many scales, on a sample of the group. */
  readonly scales: Float32Array;
  readonly errors: Float32Array;
  /** Where calibration would put the scale; null where codes have no limits, because then a smaller scale always has less error. */
  readonly calibrated: {
    readonly minMax: ScaleError;
    /** The smallest scale that clips at most one weight in a thousand. */
    readonly percentile: ScaleError;
    readonly optimum: ScaleError;
  } | null;
}

/** How a quantizer with evenly spaced levels gets its codes; to the nearest between the limits of its bits if nothing else is said. */
export interface Stepping {
  readonly rounding: Rounding;
  /** Whether codes have limits. A learned scale without them takes as many bits as its codes need. */
  readonly limited: boolean;
}

const PAIRS = 800;
const BINS = 61;
const MAX_LEVELS = 256;
const CODE_TABLE = 2 ** 16;
const CURVE_SAMPLE = 2048;
const CURVE_POINTS = 56;
const MAP_LIMIT = 128;

export interface LayerValues {
  readonly latent: Float32Array;
  /** As read back from the file. */
  readonly stored: Float32Array;
  /** Surrogate gradient of each weight. */
  readonly gradient: Float32Array;
  /** A byte for each weight, 0 where it is pruned: those are left out, they are not the quantizer's doing. None is if absent. */
  readonly kept?: Uint8Array;
}

const NEAREST: Stepping = { rounding: 'nearest-even', limited: true };

/** Everything but what needs an inspection before: see `LevelFlips`. Null for a tensor that is stored as float32, or is empty. */
export function inspectQuantizer(
  tensor: StoredTensor,
  values: LayerValues,
  overheadBits: number,
  stepping: Stepping = NEAREST,
): Omit<QuantizerInspection, 'flips'> | null {
  const { encoding, shape } = tensor;
  const weights = values.latent.length;
  if (encoding.kind === 'float32' || weights === 0) return null;
  const map = scaleMap(encoding, shape, MAP_LIMIT);
  const grid = map?.grid ?? scaleGrid(shape, 'tensor');
  const shown = shownBlock(grid);
  const mask = values.kept ?? tensor.support?.kept;
  const inBlock = mask && blockMembers(Int32Array.from(mask), grid, shown);
  // A block without a single weight left is drawn with its zeros.
  const left = inBlock?.includes(1) ? inBlock : undefined;
  const members = <A extends Float32Array | Int32Array>(all: A): A => {
    const own = blockMembers(all, grid, shown);
    return left ? (own.filter((_: number, i: number) => left[i] === 1) as A) : own;
  };
  const [latent, stored, gradient] = [members(values.latent), members(values.stored), members(values.gradient)];
  const codes = members(encoding.codes);
  const range = codeRange(encoding, codes, shown);
  const codebook = encodingKind(encoding).levels(encoding, shown).sort();
  const spacing = encoding.kind === 'uniform' ? range && { scale: scaleAt(encoding.scales, shown), range } : evenSpacing(codebook);
  const clip = stepping.limited ? clipRange(encoding, range, codebook, shown) : null;
  const error = meanSquaredDifference(latent, stored);
  let dead = 0;
  for (let i = 0; i < weights; i++) if (values.gradient[i] === 0 && mask?.[i] !== 0) dead++;
  return {
    kind: encoding.kind,
    bits: encoding.bits,
    weights,
    group: groupInspection(latent, stored, gradient, distinctStored(codes, stored, tensor.support !== undefined), clip, error),
    groups: grid.scales,
    shown,
    dead,
    scale: spacing && scaleInspection(latent, spacing.scale, error, spacing.range, stepping),
    map,
    overheadBits,
  };
}

function groupInspection(
  latent: Float32Array,
  stored: Float32Array,
  gradient: Float32Array,
  levels: Float32Array | null,
  clip: GroupInspection['clip'],
  error: number,
): GroupInspection {
  const chosen = spread(latent, PAIRS);
  const [min, max] = [latent[chosen[0] as number] as number, latent[chosen.at(-1) as number] as number];
  const reach = max > min ? [min, max] : [min - 1, max + 1];
  return {
    weights: latent.length,
    latent: Float32Array.from(chosen, (i) => latent[i] as number),
    stored: Float32Array.from(chosen, (i) => stored[i] as number),
    gradient: Float32Array.from(chosen, (i) => gradient[i] as number),
    histogram: { min: reach[0]!, max: reach[1]!, counts: histogram(latent, reach[0]!, reach[1]!, BINS) },
    levels: levels && levels.length <= MAX_LEVELS ? levels : new Float32Array(),
    levelCount: levels ? levels.length : Number.NaN,
    clip,
    clipped: clip ? countOutside(latent, clip) : 0,
    error,
  };
}

/** Places of at most `limit` + 2 elements, evenly spread, with the smallest and the largest, in ascending order of value. */
export function spread(values: Float32Array, limit: number): Int32Array {
  const count = Math.min(values.length, limit);
  const places = new Set(Array.from({ length: count }, (_, i) => picked(i, count, values.length)));
  let [smallest, largest] = [0, 0];
  for (let i = 1; i < values.length; i++) {
    if ((values[i] as number) < (values[smallest] as number)) smallest = i;
    if ((values[i] as number) > (values[largest] as number)) largest = i;
  }
  places.add(smallest).add(largest);
  return Int32Array.from([...places].sort((a, b) => (values[a] as number) - (values[b] as number) || a - b));
}

/** The codes that a uniform quantizer of so many bits can use: with or without the lowest one, as it does. Null for a single bit. */
function codeRange(encoding: Encoding, codes: Int32Array, block: number): CodeRange | null {
  if (encoding.kind !== 'uniform' || encoding.bits < 2) return null;
  const high = 2 ** (encoding.bits - 1) - 1;
  return { low: Math.min(-high, range(codes).min), high, zeroPoint: encoding.zeroPoints ? scaleAt(encoding.zeroPoints, block) : 0 };
}

/** A block's own value, or the one that all share. */
function scaleAt(values: ArrayLike<number>, block: number): number {
  return values[values.length > 1 ? block : 0] ?? 0;
}

/** @param codebook the levels of the block, ascending; none where they are not listed in the file */
function clipRange(encoding: Encoding, codes: CodeRange | null, codebook: Float32Array, block: number): readonly [number, number] | null {
  if (encoding.kind === 'uniform') {
    const scale = scaleAt(encoding.scales, block);
    return codes && scale > 0 ? [scale * (codes.low - codes.zeroPoint), scale * (codes.high - codes.zeroPoint)] : null;
  }
  return codebook.length > 0 ? [codebook[0] as number, codebook.at(-1) as number] : null;
}

/** Levels read as those of a uniform quantizer, if they are at least two and evenly spaced: binary weights, for example. */
export function evenSpacing(levels: Float32Array): { readonly scale: number; readonly range: CodeRange } | null {
  const high = levels.length - 1;
  const scale = ((levels[high] ?? 0) - (levels[0] ?? 0)) / high;
  if (!(scale > 0) || levels.some((level, i) => Math.abs(level - (levels[0] as number) - i * scale) > 1e-3 * scale)) return null;
  return { scale, range: { low: 0, high, zeroPoint: Math.round((-2000 * (levels[0] as number)) / scale) / 2000 } };
}

/** Stored values by code, ascending, and 0 if a support adds it; null if the codes span too much for a table. */
function distinctStored(codes: Int32Array, stored: Float32Array, zero: boolean): Float32Array | null {
  const { min, max } = range(codes);
  if (max - min >= CODE_TABLE) return null;
  const table = new Float32Array(max - min + 2).fill(Number.NaN);
  for (let i = 0; i < codes.length; i++) table[(codes[i] as number) - min] = (stored[i] as number) + 0;
  if (zero) table[max - min + 1] = 0;
  return Float32Array.from(new Set(table.filter((value) => !Number.isNaN(value)))).sort();
}

function scaleInspection(latent: Float32Array, scale: number, error: number, range: CodeRange, stepping: Stepping): ScaleInspection | null {
  const needed = neededScales(latent, range);
  const { largest: minMax, quantile } = upperQuantile(needed, 0.999);
  if (!(scale > 0) || !(minMax > 0)) return null;
  const { rounding, limited } = stepping;
  const codes = limited ? range : { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY, zeroPoint: range.zeroPoint };
  const sample =
    latent.length > CURVE_SAMPLE
      ? Float32Array.from({ length: CURVE_SAMPLE }, (_, i) => latent[picked(i, CURVE_SAMPLE, latent.length)] as number)
      : latent;
  const scales = limited
    ? geometricScales(Math.min(minMax / 16, scale / 1.5), 1.3 * Math.max(minMax, scale), CURVE_POINTS)
    : geometricScales(scale / 8, scale * 8, CURVE_POINTS);
  const errors = scales.map((s) => errorAtScale(sample, s, codes, rounding));
  const at = (s: number): ScaleError => ({ scale: s, error: errorAtScale(sample, s, codes, rounding) });
  return {
    current: { scale, error },
    scales,
    errors,
    calibrated: limited
      ? { minMax: at(minMax), percentile: at(quantile || minMax), optimum: bestScale(sample, codes, scales, errors, rounding) }
      : null,
  };
}

function meanSquaredDifference(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += ((a[i] as number) - (b[i] as number)) ** 2;
  return sum / a.length;
}

function countOutside(values: Float32Array, [low, high]: readonly [number, number]): number {
  // A millionth of the range: the largest weight may come out one rounding error beyond the largest level.
  const slack = 1e-6 * (high - low);
  let outside = 0;
  for (let i = 0; i < values.length; i++) if ((values[i] as number) < low - slack || (values[i] as number) > high + slack) outside++;
  return outside;
}
