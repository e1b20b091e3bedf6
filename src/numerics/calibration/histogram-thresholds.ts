/**
 * Where to clip, from a histogram of magnitudes: the three ways of NVIDIA's pytorch-quantization. Bin i holds
 * i × width ≤ |x| < (i + 1) × width.
 */
import { countOf } from '../measures/share';
import { roundHalfEven } from '../rounding/rounding';

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
 * The bin centre that gives the least squared error if it is the largest value, all values taken to be in the centres of their bins.
 */
export function mseThreshold({ counts, width }: MagnitudeHistogram, { bits, unsigned }: Levels): number {
  const codes = unsigned ? 2 ** bits - 1 : 2 ** (bits - 1) - 1;
  const centre = (i: number) => (i + 0.5) * width;
  let [best, least] = [0, Number.POSITIVE_INFINITY];
  for (let i = Math.min(START, counts.length - 1); i < counts.length; i++) {
    // One symmetric bit has the values ±s; they are the same distance from |x|.
    const scale = centre(i) / Math.max(1, codes);
    let error = 0;
    for (let j = 0; j < counts.length && error < least; j++) {
      const n = counts[j] as number;
      if (n === 0) continue;
      const x = centre(j);
      error += n * (x - scale * (codes === 0 ? 1 : Math.min(codes, roundHalfEven(x / scale)))) ** 2;
    }
    if (error < least) [best, least] = [centre(i), error];
  }
  return best;
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
  let [best, least] = [bins.length, Number.POSITIVE_INFINITY];
  for (let i = Math.min(START, bins.length); i <= bins.length; i++) {
    const divergence = clippedDivergence(bins, sums, i, levels);
    // Equal but for the rounding of sums.
    if (divergence <= least + 1e-12) best = i;
    least = Math.min(least, divergence);
  }
  return best * width;
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
 * KL(P ‖ Q): P is the first `kept` bins with all beyond them added to the last; Q has the means of the bins of each of `levels`
 * groups instead of the bins, where these are not 0, and nothing of what lies beyond. Both are divided by their sums.
 */
function clippedDivergence(bins: Float64Array, { counts, logs, filled }: RunningSums, kept: number, levels: number): number {
  const inside = counts[kept] as number;
  const total = counts.at(-1) as number;
  const beyond = total - inside;
  const last = bins[kept - 1] as number;
  if (inside === 0 || (last === 0 && beyond > 0)) return Number.POSITIVE_INFINITY;
  // Σ p log p, where p = n / total
  const entropy = ((logs[kept] as number) - timesLog(last) + timesLog(last + beyond)) / total - Math.log(total);
  let crossed = 0; // Σ p log q
  let q = 1;
  for (let group = 0, from = 0; group < levels; group++) {
    // Group g holds the bins j with floor(j × levels / kept) = g.
    const to = Math.ceil(((group + 1) * kept) / levels);
    const sum = (counts[to] as number) - (counts[from] as number);
    if (sum > 0) {
      q = sum / ((filled[to] as number) - (filled[from] as number)) / inside;
      crossed += (sum / total) * Math.log(q);
    }
    from = to;
  }
  // Without a count in the last bin there is nothing beyond it either.
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
