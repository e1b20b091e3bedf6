/** Ranges from observed values. */
import { type AffineSettings, codeLimits, isSigns } from '../scales/affine';
import { entropyThreshold, type MagnitudeHistogram, percentileThreshold, rangeEntropyThreshold } from './histogram-thresholds';
import { leastErrorRange } from './least-error';
import { ValueBins } from './value-bins';

/** Ways to choose the clipping range. */
export const calibrations = ['min-max', 'moving-average', 'percentile', 'mse', 'entropy'] as const;
export type Calibration = (typeof calibrations)[number];

/** Share of the values that the percentile keeps, in per cent, where nothing else is said. */
export const DEFAULT_PERCENTILE = 99.99;

/**
 * What is remembered of values that come batch by batch: extremes, their moving averages, a histogram.
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
  readonly values: ValueBins;

  /** @throws RangeError unless there is a bin */
  constructor(
    readonly bins = 2048,
    /** Share of the old moving average that is kept at each batch. */
    readonly keep = 0.9,
  ) {
    if (!Number.isInteger(bins) || bins < 1) throw new RangeError(`A histogram has 1 bin or more, not ${bins}.`);
    this.values = new ValueBins(bins);
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
    this.values.add(values, Math.max(-low, high));
  }

  /** How often each magnitude occurred: bin i holds i × width ≤ |x| < (i + 1) × width. A copy; no bins before the first number but 0. */
  histogram(): MagnitudeHistogram {
    return { counts: this.values.magnitudes(), width: this.values.width };
  }
}

/** The quantizer that will be installed, by whose codes a range is judged. */
export interface CalibrationOptions extends AffineSettings {
  /** In per cent; 99.99 if absent. */
  readonly percentile?: number;
}

/**
 * The range that a quantizer should represent, from what was observed: the extremes, their moving averages, what lies within a
 * magnitude that clips the largest values, or the range with the least squared error for the quantizer's codes. It holds 0. Nothing
 * observed: 0 to 0.
 * @throws RangeError if the percentile is not above 0 and at most 100
 */
export function calibrateRange(observer: RangeObserver, method: Calibration, options: CalibrationOptions): Range {
  const unsigned = options.scheme === 'symmetric' && options.range === 'unsigned';
  const within = (low: number, high: number) => ({ low: unsigned ? 0 : Math.min(0, low), high: Math.max(0, high) });
  if (method === 'min-max') return within(observer.min, observer.max);
  if (method === 'moving-average') return within(observer.averageMin, observer.averageMax);
  if (observer.histogram().counts.length === 0) return { low: 0, high: 0 };
  if (method === 'mse') {
    // One symmetric bit: the best of ±s is the mean magnitude (Rastegari et al. 2016, arXiv 1603.05279).
    if (isSigns(options)) return { low: -observer.meanMagnitude, high: observer.meanMagnitude };
    return leastErrorRange(observer.values.clusters(), within(observer.min, observer.max), options);
  }
  const most = thresholdBy(method, observer, options);
  return within(Math.max(observer.min, -most), Math.min(observer.max, most));
}

interface Range {
  readonly low: number;
  readonly high: number;
}

function thresholdBy(method: 'percentile' | 'entropy', observer: RangeObserver, options: CalibrationOptions): number {
  const { bits, scheme, range, percentile = DEFAULT_PERCENTILE } = options;
  if (method === 'percentile') return percentileThreshold(observer.histogram(), percentile);
  // An asymmetric quantizer spreads its codes over both sides, as far as each reaches.
  if (scheme === 'asymmetric') {
    const { min, max } = codeLimits(options);
    return rangeEntropyThreshold({ ...observer.values.signed(), width: observer.values.width }, max - min + 1);
  }
  return entropyThreshold(observer.histogram(), { bits, unsigned: range === 'unsigned' });
}
