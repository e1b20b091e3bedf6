/**
 * Where to clip, from a histogram of magnitudes, as NVIDIA's pytorch-quantization does. Bin i holds i × width ≤ |x| < (i + 1) × width.
 */
import { countOf } from '../measures/share';

export interface MagnitudeHistogram {
  readonly counts: ArrayLike<number>;
  readonly width: number;
}

export interface Levels {
  /** 1 … 16 */
  readonly bits: number;
  /** 2^b codes from 0 instead of 2^b − 1 on both sides of it. */
  readonly unsigned: boolean;
}

/** The first bin that can be the last to keep: fewer than this would hold hardly any values. */
const START = 128;

/**
 * The lower edge of the first bin at which `percent` of the values are counted; at least one bin wide, also where almost all are 0.
 * Where no value lies beyond that bin there is nothing to clip, and the edge is its upper one: at 100 %, of a single value, of equal
 * ones. 0 % would keep nothing, and is no percentile.
 * @throws RangeError unless the percentage is above 0 and at most 100
 */
export function percentileThreshold({ counts, width }: MagnitudeHistogram, percent: number): number {
  if (!(percent > 0 && percent <= 100)) throw new RangeError(`A percentile is above 0 and at most 100, not ${percent}.`);
  const total = sum(counts, 0, counts.length);
  const wanted = countOf(percent, total);
  let seen = 0;
  for (let i = 0; i < counts.length; i++) {
    seen += counts[i] as number;
    if (seen >= wanted) return (seen === total ? i + 1 : Math.max(1, i)) * width;
  }
  return counts.length * width;
}

/**
 * The threshold that loses least information, by the Kullback-Leibler divergence of the clipped histogram from what its quantized
 * version shows of it (Migacz 2017, "8-bit inference with TensorRT", GTC; there the threshold is half a bin larger). Where several
 * are equally good, the last.
 */
export function entropyThreshold({ counts, width }: MagnitudeHistogram, { bits, unsigned }: Levels): number {
  const bins = Float64Array.from(counts);
  // After a ReLU most values are 0, which every threshold keeps.
  if (bins.length > 1) bins[0] = bins[1] as number;
  const levels = unsigned ? 2 ** bits : 2 ** (bits - 1);
  const sums = runningSums(bins);
  return leastDivergence(bins.length, (i) => clippedDivergence(bins, sums, [0, i], levels)) * width;
}

/** As MagnitudeHistogram, with negative values in bins of their own. */
export interface SignedHistogram {
  /** Of the values in ascending order. */
  readonly counts: Float64Array;
  /** The bins of negative values. */
  readonly below: number;
  readonly width: number;
}

/**
 * `entropyThreshold` for `levels` codes that are spread over both sides, as far as the values or the threshold reach. What lies beyond
 * the threshold is added to the bins at both ends.
 */
export function rangeEntropyThreshold({ counts, below, width }: SignedHistogram, levels: number): number {
  const bins = counts.slice();
  if (bins.length > below + 1) bins[below] = bins[below + 1] as number;
  const filled = (n: number) => n > 0;
  const first = Math.min(below, bins.findIndex(filled));
  const end = Math.max(below, bins.findLastIndex(filled) + 1);
  const sums = runningSums(bins);
  const kept = (i: number): readonly [number, number] => [Math.max(first, below - i), Math.min(end, below + i)];
  return leastDivergence(Math.max(below - first, end - below), (i) => clippedDivergence(bins, sums, kept(i), levels)) * width;
}

/** The last of the equally good thresholds, in bins. */
function leastDivergence(most: number, divergenceOf: (threshold: number) => number): number {
  let [best, least] = [most, Number.POSITIVE_INFINITY];
  for (let i = Math.min(START, most); i <= most; i++) {
    const divergence = divergenceOf(i);
    // Equal but for the rounding of sums.
    if (divergence <= least + 1e-12) best = i;
    least = Math.min(least, divergence);
  }
  return best;
}

/** Sums over the bins before i: of the counts, of n log n, and of how many are not 0. */
interface RunningSums {
  readonly counts: Float64Array;
  readonly logs: Float64Array;
  readonly filled: Float64Array;
}

function runningSums(bins: Float64Array): RunningSums {
  const running = (term: (n: number) => number) => {
    const sums = new Float64Array(bins.length + 1);
    for (let i = 0; i < bins.length; i++) sums[i + 1] = (sums[i] as number) + term(bins[i] as number);
    return sums;
  };
  return { counts: running((n) => n), logs: running(timesLog), filled: running((n) => (n > 0 ? 1 : 0)) };
}

/**
 * KL(P ‖ Q): P is the bins kept, with all before them added to the first and all beyond them to the last; Q has the means of the bins
 * of each of `levels` groups instead of the bins, where these are not 0, and nothing of what lies outside. Both are divided by their
 * sums.
 */
function clippedDivergence(
  bins: Float64Array,
  { counts, logs, filled }: RunningSums,
  [from, to]: readonly [number, number],
  levels: number,
): number {
  const inside = (counts[to] as number) - (counts[from] as number);
  const total = counts.at(-1) as number;
  const before = counts[from] as number;
  const beyond = total - (counts[to] as number);
  const [first, last] = [bins[from] as number, bins[to - 1] as number];
  // Without a count in a bin at an end, what lies outside has no place.
  if (inside === 0 || (last === 0 && beyond > 0) || (first === 0 && before > 0)) return Number.POSITIVE_INFINITY;
  const added = (bin: number, outside: number) => (outside > 0 ? timesLog(bin + outside) - timesLog(bin) : 0);
  // Σ p log p, where p = n / total
  const entropy = ((logs[to] as number) - (logs[from] as number) + added(first, before) + added(last, beyond)) / total - Math.log(total);
  let crossed = 0; // Σ p log q
  let [q, firstQ] = [1, 1];
  for (let group = 0, start = from; group < levels; group++) {
    // Group g holds the bins from + j with floor(j × levels / kept) = g.
    const end = from + Math.ceil(((group + 1) * (to - from)) / levels);
    const sum = (counts[end] as number) - (counts[start] as number);
    if (sum > 0) {
      q = sum / ((filled[end] as number) - (filled[start] as number)) / inside;
      crossed += (sum / total) * Math.log(q);
      if (start === from) firstQ = q;
    }
    start = end;
  }
  if (before > 0) crossed += (before / total) * Math.log(firstQ);
  if (beyond > 0) crossed += (beyond / total) * Math.log(q);
  return entropy - crossed;
}

function timesLog(n: number): number {
  return n > 0 ? n * Math.log(n) : 0;
}

function sum(counts: ArrayLike<number>, from: number, to: number): number {
  let total = 0;
  for (let i = from; i < to; i++) total += counts[i] as number;
  return total;
}
