import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { decodeEncoding } from '../container/encoding';
import { affineEncoding } from '../quantizers/uniform-encodings';
import { fillNormal } from '../random/rng';
import type { AffineSettings } from '../scales/affine';
import { minMaxRanges } from '../scales/affine-groups';
import { type Granularity, scaleGrid } from '../scales/scale-grid';
import { calibrations } from './calibration';
import { calibrateRanges } from './weight-calibration';

const shape = [128, 32];
const normal = (seed: number, count = 128 * 32) => {
  const values = new Float32Array(count);
  fillNormal(values, seed, 1, 0);
  return values;
};
const narrow = (bits: number): AffineSettings => ({ bits, scheme: 'symmetric', range: 'narrow' });

function meanSquaredError(
  values: Float32Array,
  settings: AffineSettings,
  granularity: Granularity,
  method: (typeof calibrations)[number],
): number {
  const ranges = calibrateRanges(values, scaleGrid(shape, granularity), { ...settings, method });
  const decoded = decodeEncoding(affineEncoding(values, ranges, settings, { shape, granularity }, 'nearest-even'), shape);
  return decoded.reduce((sum, x, i) => sum + (x - values[i]!) ** 2, 0) / values.length;
}

describe('least error on a Gaussian', () => {
  it.each([
    // Optimal clip in standard deviations and its mean squared error.
    [2, 1.23, 0.191],
    [3, 1.95, 0.047],
    [4, 2.48, 0.0129],
    [8, 3.92, 8.7e-5],
  ])('%i bits: %f σ, error %f, and min-max is worse', (bits, clip, error) => {
    const values = normal(3, 400_000);
    const grid = scaleGrid([values.length], 'tensor');
    const { highs, lows } = calibrateRanges(values, grid, { ...narrow(bits), method: 'mse' });
    // The curve is flat near its least: the position is found less well than the error.
    expect(Math.abs(Math.max(highs[0]!, -lows[0]!) - clip)).toBeLessThan(0.08);
    const place = { shape: [values.length], granularity: 'tensor' as const };
    const errorOf = (ranges: { lows: Float32Array; highs: Float32Array }) => {
      const decoded = decodeEncoding(affineEncoding(values, ranges, narrow(bits), place, 'nearest-even'), place.shape);
      return decoded.reduce((sum, x, i) => sum + (x - values[i]!) ** 2, 0) / values.length;
    };
    expect(errorOf({ lows, highs }) / error).toBeGreaterThan(0.97);
    expect(errorOf({ lows, highs }) / error).toBeLessThan(1.03);
    expect(errorOf(minMaxRanges(values, grid))).toBeGreaterThan(1.25 * error);
  });

  it('one bit is the mean magnitude', () => {
    const values = Float32Array.of(1, -2, 3, -6);
    expect(calibrateRanges(values, scaleGrid([4], 'tensor'), { ...narrow(1), method: 'mse' })).toEqual({
      lows: Float32Array.of(-3),
      highs: Float32Array.of(3),
    });
  });
});

test('finer blocks err less: sub-channel ≤ channel ≤ group ≤ tensor, on normal weights whose channels differ in size', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 2, max: 8 }), (seed, bits) => {
      const values = normal(seed).map((x, i) => x * (0.2 + (i % 32) / 32));
      const errors = ([{ inputs: 32 }, 'channel', { channels: 8 }, 'tensor'] satisfies Granularity[]).map((granularity) =>
        meanSquaredError(values, narrow(bits), granularity, 'min-max'),
      );
      for (let i = 1; i < errors.length; i++) expect(errors[i - 1]).toBeLessThanOrEqual(errors[i]!);
    }),
    { numRuns: 20 },
  );
});

test('no range errs less than the one of least error', () => {
  const values = normal(5).map((x) => x ** 3);
  for (const settings of [narrow(4), { bits: 4, scheme: 'asymmetric', range: 'full' } as const])
    for (const granularity of ['tensor', 'channel', { inputs: 32 }] satisfies Granularity[]) {
      const least = meanSquaredError(values, settings, granularity, 'mse');
      for (const method of calibrations) expect(least).toBeLessThanOrEqual(meanSquaredError(values, settings, granularity, method));
    }
});

test('ranges lie within the extremes of their block, and a block of zeros has none', () => {
  const values = normal(7).map((x, i) => (i % 32 === 3 ? 0 : x));
  const grid = scaleGrid(shape, 'channel');
  const widest = minMaxRanges(values, grid);
  for (const method of calibrations) {
    const { lows, highs } = calibrateRanges(values, grid, { ...narrow(4), method });
    for (let block = 0; block < 32; block++) {
      expect(lows[block]).toBeGreaterThanOrEqual(widest.lows[block]!);
      expect(highs[block]).toBeLessThanOrEqual(widest.highs[block]!);
    }
    expect([lows[3], highs[3]].map((x) => x! + 0)).toEqual([0, 0]);
  }
});
