/** Ranges from observed values. */
import { entropyThreshold, type MagnitudeHistogram, mseThreshold, percentileThreshold } from './histogram-thresholds';

/** Ways to choose the clipping range. */
export const calibrations = ['min-max', 'moving-average', 'percentile', 'mse', 'entropy'] as const;
export type Calibration = (typeof calibrations)[number];

/** Share of the values that the percentile keeps, in per cent, where nothing else is said. */
export const DEFAULT_PERCENTILE = 99.99;

/** The histogram may grow by this factor; then pairs of bins are joined. */
const MOST_GROWTH = 4;

/**
 * What is remembered of values that come batch by batch: extremes, their moving averages, a histogram of magnitudes. The first
 * batch sets the width of its bins; larger values append bins of the same width (as pytorch-quantization does), and once there
 * are more than four times as many, bins of twice the width take their place.
 */
export class RangeObserver {
  min = 0;
  max = 0;
  /** Values seen. */
  count = 0;
  /** Mean of |x|. */
  meanMagnitude = 0;
  /** Moving averages of the batches' smallest and largest values. */
  averageMin = 0;
  averageMax = 0;
  private counts = new Float64Array();
  private width = 0;
  /** Zeros seen before there was a width. */
  private zeros = 0;

  /** @throws RangeError unless there is a bin */
  constructor(
    readonly bins = 2048,
    /** Share of the old moving average that is kept at each batch. */
    readonly keep = 0.9,
  ) {
    if (!Number.isInteger(bins) || bins < 1) throw new RangeError(`A histogram has 1 bin or more, not ${bins}.`);
  }

  /** Counts a batch; nothing happens if it is empty. @throws RangeError if a value is not finite */
  add(values: Float32Array): void {
    if (values.length === 0) return;
    let [low, high, sum] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
    for (let i = 0; i < values.length; i++) {
      const value = values[i] as number;
      if (!Number.isFinite(value)) throw new RangeError(`Value ${i} is ${value}; only finite numbers can be calibrated.`);
      low = Math.min(low, value);
      high = Math.max(high, value);
      sum += Math.abs(value);
    }
    const first = this.count === 0;
    this.min = first ? low : Math.min(this.min, low);
    this.max = first ? high : Math.max(this.max, high);
    this.averageMin = first ? low : this.keep * this.averageMin + (1 - this.keep) * low;
    this.averageMax = first ? high : this.keep * this.averageMax + (1 - this.keep) * high;
    this.meanMagnitude = (this.meanMagnitude * this.count + sum) / (this.count + values.length);
    this.count += values.length;
    this.grow(Math.max(-low, high));
    this.fill(values);
  }

  /** How often each magnitude occurred: bin i holds i × width ≤ |x| < (i + 1) × width. A copy; no bins before the first number but 0. */
  histogram(): MagnitudeHistogram {
    return { counts: this.counts.slice(), width: this.width };
  }

  private grow(largest: number): void {
    if (largest === 0) return;
    if (this.width === 0) {
      this.width = largest / this.bins;
      // Too small for 2,048 widths: one bin.
      if (this.width === 0) this.width = largest;
      this.counts = new Float64Array(this.bins);
      this.counts[0] = this.zeros;
    }
    while (largest > this.width * this.bins * MOST_GROWTH) this.join();
    const needed = Math.ceil(largest / this.width);
    if (needed <= this.counts.length) return;
    const counts = new Float64Array(needed);
    counts.set(this.counts);
    this.counts = counts;
  }

  private join(): void {
    const joined = new Float64Array(Math.max(this.bins, Math.ceil(this.counts.length / 2)));
    for (const [i, n] of this.counts.entries()) joined[i >> 1] = (joined[i >> 1] as number) + n;
    this.counts = joined;
    this.width *= 2;
  }

  private fill(values: Float32Array): void {
    const { counts, width } = this;
    if (width === 0) {
      this.zeros += values.length;
      return;
    }
    const last = counts.length - 1;
    for (let i = 0; i < values.length; i++) {
      // The largest value of all belongs to the last bin.
      const bin = Math.min(last, Math.floor(Math.abs(values[i] as number) / width));
      counts[bin] = (counts[bin] as number) + 1;
    }
  }
}

export interface CalibrationOptions {
  readonly bits: number;
  /** Codes from 0: for values that are never negative. */
  readonly unsigned: boolean;
  /** In per cent; 99.99 if absent. */
  readonly percentile?: number;
}

/**
 * The range that a quantizer should represent, from what was observed: the extremes, their moving averages, or what lies within a
 * magnitude that clips the largest values. It holds 0. Nothing observed: 0 to 0.
 * @throws RangeError if the percentile is not above 0 and at most 100
 */
export function calibrateRange(
  observer: RangeObserver,
  method: Calibration,
  { bits, unsigned, percentile = DEFAULT_PERCENTILE }: CalibrationOptions,
): { readonly low: number; readonly high: number } {
  const within = (low: number, high: number) => ({ low: unsigned ? 0 : Math.min(0, low), high: Math.max(0, high) });
  if (method === 'min-max') return within(observer.min, observer.max);
  if (method === 'moving-average') return within(observer.averageMin, observer.averageMax);
  const magnitudes = observer.histogram();
  if (magnitudes.counts.length === 0) return { low: 0, high: 0 };
  const most = thresholdBy(method, magnitudes, { bits, unsigned, percentile });
  return within(Math.max(observer.min, -most), Math.min(observer.max, most));
}

function thresholdBy(
  method: 'percentile' | 'mse' | 'entropy',
  magnitudes: MagnitudeHistogram,
  options: Required<CalibrationOptions>,
): number {
  if (method === 'percentile') return percentileThreshold(magnitudes, options.percentile);
  return method === 'mse' ? mseThreshold(magnitudes, options) : entropyThreshold(magnitudes, options);
}
