/** Ranges for tensors that are known as a whole, block by block of a grid. */

import { roundHalfEven } from '../rounding/rounding';
import { type AffineSettings, affineParameters, codeLimits, isSigns } from '../scales/affine';
import { minMaxRanges, type Ranges } from '../scales/affine-groups';
import { blockValues, type ScaleGrid } from '../scales/scale-grid';
import { type Calibration, calibrateRange, RangeObserver } from './calibration';

export interface WeightCalibration extends AffineSettings {
  /** A moving average has seen one batch only, and is the same as min-max. */
  readonly method: Calibration;
  /** In per cent; 99.99 if absent. */
  readonly percentile?: number;
}

/** Shares of the min-max range that the search of least error tries first, each this factor below the one before. */
const STEP = 0.96;
const TRIES = 110;
/** Then shares between the neighbours of the best one. */
const FINE_TRIES = 16;

/**
 * What each block shall represent. 'mse' searches the share of the block's min-max range that gives the least squared error of its
 * own values, rounded to the nearest; for one symmetric bit that is known: the mean magnitude (Rastegari et al. 2016,
 * arXiv 1603.05279). Percentile and entropy look at the block's histogram of magnitudes, of 2,048 bins.
 * @throws RangeError if a value is not finite, or for settings that no quantizer has
 */
export function calibrateRanges(values: Float32Array, grid: ScaleGrid, options: WeightCalibration): Ranges {
  const { method, scheme, range } = options;
  const widest = minMaxRanges(values, grid);
  if (method === 'min-max' || method === 'moving-average') return widest;
  const unsigned = range === 'unsigned' && scheme === 'symmetric';
  const [lows, highs] = [new Float32Array(grid.scales), new Float32Array(grid.scales)];
  for (const [block, members] of blockValues(values, grid).entries()) {
    const extremes = { low: widest.lows[block] ?? 0, high: widest.highs[block] ?? 0 };
    const found =
      method === 'mse'
        ? leastErrorRange(members, extremes, options)
        : calibrateRange(observed(unsigned ? members.filter((x) => x >= 0) : members), method, options);
    lows[block] = found.low;
    highs[block] = found.high;
  }
  return { lows, highs };
}

function observed(values: Float32Array): RangeObserver {
  const observer = new RangeObserver();
  observer.add(values);
  return observer;
}

interface Range {
  readonly low: number;
  readonly high: number;
}

function leastErrorRange(values: Float32Array, extremes: Range, settings: AffineSettings): Range {
  if (isSigns(settings)) {
    const mean = values.reduce((sum, x) => sum + Math.abs(x), 0) / Math.max(1, values.length);
    return { low: -mean, high: mean };
  }
  const shrunk = (share: number): Range => ({ low: extremes.low * share, high: extremes.high * share });
  let [best, least] = [1, squaredError(values, extremes, settings)];
  const attempt = (share: number) => {
    const error = squaredError(values, shrunk(share), settings, least);
    if (error < least) [best, least] = [share, error];
  };
  for (let i = 1; i <= TRIES; i++) attempt(STEP ** i);
  const from = Math.min(1, best / STEP);
  const to = best * STEP;
  for (let i = 1; i < FINE_TRIES; i++) attempt(from + ((to - from) * i) / FINE_TRIES);
  return shrunk(best);
}

/** Σ (x − x̂)², rounding to the nearest; no further than to `enough`. */
function squaredError(values: Float32Array, { low, high }: Range, settings: AffineSettings, enough = Number.POSITIVE_INFINITY): number {
  const { scale, zeroPoint } = affineParameters(low, high, settings);
  const { min, max } = codeLimits(settings);
  let error = 0;
  for (let i = 0; i < values.length && error < enough; i++) {
    const x = values[i] as number;
    const code = scale === 0 ? zeroPoint : Math.max(min, Math.min(max, roundHalfEven(Math.fround(x / scale)) + zeroPoint));
    error += (x - scale * (code - zeroPoint)) ** 2;
  }
  return error;
}
