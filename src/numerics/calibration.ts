/** Ranges from observed values. */

/** Ways to choose the clipping range. */
export const calibrations = ['min-max', 'moving-average', 'percentile', 'mse', 'entropy'] as const;
export type Calibration = (typeof calibrations)[number];

/** What is remembered of values that come batch by batch: extremes, their moving averages, a histogram of magnitudes. */
export class RangeObserver {
  min = 0;
  max = 0;
  /** Values seen. */
  count = 0;
  /** Mean of |x|. */
  meanMagnitude = 0;

  constructor(
    readonly bins = 2048,
    /** Share of the old moving average that is kept at each batch. */
    readonly keep = 0.9,
  ) {}

  add(_values: Float32Array): void {
    throw new Error('Not built yet.');
  }
}
