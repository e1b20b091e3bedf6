import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { fillNormal } from '../random/rng';
import type { AffineSettings } from '../scales/affine';
import { calibrateRange, RangeObserver } from './calibration';
import { entropyThreshold, percentileThreshold, rangeEntropyThreshold } from './histogram-thresholds';

const BINS = 2048;
const counted = (count: (i: number) => number) => ({
  counts: Float64Array.from({ length: BINS }, (_, i) => Math.floor(count(i))),
  width: 1,
});
const int8 = { bits: 8, unsigned: false };
const narrow8: AffineSettings = { bits: 8, scheme: 'symmetric', range: 'narrow' };

describe('entropy, known answers for int8 and 2,048 bins', () => {
  it.each([
    ['flat', () => 7, 2048],
    ['exponential, τ = 32 bins: 11 τ', (i: number) => 1e6 * Math.exp(-i / 32), 352],
    ['exponential, τ = 64 bins: 11 τ', (i: number) => 1e6 * Math.exp(-i / 64), 704],
    ['Gaussian, σ = 200 bins: 4.77 σ', (i: number) => 1e6 * Math.exp(-((i / 200) ** 2) / 2), 953],
  ])('%s', (_name, count, bins) => {
    const histogram = counted(count);
    expect(entropyThreshold(histogram, int8)).toBe(bins);
    // The threshold is in the units of the values.
    expect(entropyThreshold({ ...histogram, width: 0.25 }, int8)).toBe(bins / 4);
  });

  it('does not see how many zeros there are', () => {
    const histogram = counted((i) => 1e6 * Math.exp(-i / 32));
    const zeros = { ...histogram, counts: histogram.counts.with(0, 1e9) };
    expect(entropyThreshold(zeros, int8)).toBe(entropyThreshold(histogram, int8));
  });
});

test('percentile: the lower edge of the first bin at which so many are counted', () => {
  const flat = { counts: [10, 10, 10, 10], width: 0.5 };
  expect([25, 25.1, 75, 75.1, 100].map((percent) => percentileThreshold(flat, percent))).toEqual([0.5, 0.5, 1, 2, 2]);
  expect(percentileThreshold({ counts: [9999, 0, 1], width: 2 }, 99.9)).toBe(2);
  expect(() => percentileThreshold(flat, 0)).toThrow('A percentile is above 0 and at most 100, not 0.');
});

describe('the percentile of values', () => {
  const highOf = (values: ArrayLike<number>, percentile: number) => {
    const observer = new RangeObserver();
    observer.add(Float32Array.from(values));
    return calibrateRange(observer, 'percentile', { ...narrow8, percentile }).high;
  };
  const outlier = [...Array.from({ length: 999 }, (_, i) => (i + 1) / 1000), 2];

  it('keeps 999 of 1,000 at 99.9 %, and clips the one', () => {
    expect(highOf(outlier, 99.9)).toBeCloseTo(0.998, 3);
  });

  it.each([1000, 5000, 10_000, 30_000, 784_000])('of %i values: clips one value in a thousand', (total) => {
    const values = new Float32Array(total).fill(1).fill(50, total - total / 1000);
    expect(highOf(values, 99.9)).toBeLessThan(1.03);
    expect(highOf(values.fill(50, total - total / 1000 - 1), 99.9)).toBe(50);
  });

  it('at the ends: 100 % keeps all, one value and equal ones are kept as they are, 0 % is refused', () => {
    expect(highOf(outlier, 100)).toBe(2);
    for (const percent of [50, 99.99, 100]) {
      expect(highOf([0.3], percent)).toBe(Math.fround(0.3));
      expect(highOf(new Float32Array(77).fill(0.7), percent)).toBe(Math.fround(0.7));
      expect(highOf(new Float32Array(5), percent)).toBe(0);
    }
    expect(() => highOf(outlier, 0)).toThrow('A percentile is above 0');
  });
});

describe('entropy for codes that are spread over both sides', () => {
  const exponential = Float64Array.from({ length: BINS }, (_, i) => Math.floor(1e6 * Math.exp(-i / 32)));
  const positive = { counts: Float64Array.from([...new Float64Array(BINS), ...exponential]), below: BINS, width: 1 };

  it('without negative values is that of unsigned codes', () => {
    const one = { counts: exponential, width: 1 };
    for (const bits of [4, 6, 8]) {
      const found = rangeEntropyThreshold(positive, 2 ** bits);
      expect(found).toBe(entropyThreshold(one, { bits, unsigned: true }));
      if (bits === 8) expect(found).not.toBe(entropyThreshold(one, { bits, unsigned: false }));
    }
  });

  it('a flat histogram of both sides keeps all, and where the sides differ it is in the units of the values', () => {
    const flat = { counts: new Float64Array(2 * BINS).fill(7), below: BINS, width: 1 };
    expect(rangeEntropyThreshold(flat, 256)).toBe(BINS);
    const skewed = { ...flat, counts: Float64Array.from([...exponential.toReversed(), ...exponential.map((n) => 3 * n)]) };
    expect(rangeEntropyThreshold({ ...skewed, width: 0.25 }, 256)).toBe(rangeEntropyThreshold(skewed, 256) / 4);
    expect(rangeEntropyThreshold(skewed, 256)).toBeLessThan(BINS);
  });
});

describe('the observer', () => {
  it('keeps extremes, moving averages and the mean magnitude', () => {
    const observer = new RangeObserver(4, 0.75);
    observer.add(Float32Array.of(-1, 3));
    observer.add(Float32Array.of(-5, 1, 0));
    observer.add(new Float32Array());
    expect([observer.min, observer.max, observer.count, observer.meanMagnitude]).toEqual([-5, 3, 5, 2]);
    expect([observer.averageMin, observer.averageMax]).toEqual([0.75 * -1 + 0.25 * -5, 0.75 * 3 + 0.25 * 1]);
  });

  it('sets the bins by the first batch, appends bins of the same width, then joins pairs', () => {
    const observer = new RangeObserver(4);
    observer.add(Float32Array.of(0, 0));
    expect(observer.histogram()).toEqual({ counts: new Float64Array(), width: 0 });
    observer.add(Float32Array.of(-4, 1, 1.5));
    expect(observer.histogram()).toEqual({ counts: Float64Array.of(2, 2, 0, 1), width: 1 });
    observer.add(Float32Array.of(5.5));
    expect(observer.histogram()).toEqual({ counts: Float64Array.of(2, 2, 0, 1, 0, 1), width: 1 });
    observer.add(Float32Array.of(-20));
    const { counts, width } = observer.histogram();
    expect(width).toBe(2);
    expect(Array.from(counts)).toEqual([4, 1, 1, 0, 0, 0, 0, 0, 0, 1]);
  });

  it('counts every value once, whatever the batches', () => {
    const batch = fc.float32Array({ maxLength: 30, noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(fc.array(batch, { maxLength: 6 }), (batches) => {
        const observer = new RangeObserver(16);
        for (const values of batches) observer.add(values);
        const all = batches.flatMap((values) => [...values]);
        expect(observer.count).toBe(all.length);
        const { counts, width } = observer.histogram();
        if (width > 0) expect(counts instanceof Float64Array && counts.reduce((a, b) => a + b, 0)).toBe(all.length);
        expect(counts.length).toBeLessThanOrEqual(64);
        for (const value of all) expect(Math.abs(value)).toBeLessThanOrEqual(width * counts.length * (1 + 1e-9));
      }),
    );
  });

  it('refuses what is not finite', () => {
    expect(() => new RangeObserver().add(Float32Array.of(1, Number.NaN))).toThrow('Value 1 is NaN; only finite numbers can be calibrated.');
  });
});

describe('ranges from an observer', () => {
  const observer = new RangeObserver();
  const values = new Float32Array(20_000);
  for (let step = 0; step < 5; step++) {
    fillNormal(values, 1, 6, step);
    observer.add(values);
  }

  it('hold 0, and begin there for unsigned codes', () => {
    const positive = new RangeObserver();
    positive.add(Float32Array.of(2, 4, 3));
    expect(calibrateRange(positive, 'min-max', narrow8)).toEqual({ low: 0, high: 4 });
    const low = calibrateRange(observer, 'min-max', { ...narrow8, range: 'unsigned' }).low;
    expect(low).toBe(0);
    expect(calibrateRange(new RangeObserver(), 'entropy', narrow8)).toEqual({ low: 0, high: 0 });
  });

  it('clip less the more bits there are, by least error; a Gaussian near its known optimum', () => {
    const highs = [2, 3, 4, 8].map((bits) => calibrateRange(observer, 'mse', { ...narrow8, bits }).high);
    for (const [i, clip] of [1.23, 1.95, 2.48, 3.92].entries()) expect(Math.abs(highs[i]! - clip)).toBeLessThan(0.2);
    expect([...highs].sort((a, b) => a - b)).toEqual(highs);
  });

  it('lie within the extremes, and the percentile cuts so many', () => {
    for (const method of ['moving-average', 'percentile', 'mse', 'entropy'] as const) {
      const { low, high } = calibrateRange(observer, method, narrow8);
      expect(low).toBeGreaterThanOrEqual(observer.min);
      expect(high).toBeLessThanOrEqual(observer.max);
    }
    const { high } = calibrateRange(observer, 'percentile', { ...narrow8, percentile: 95 });
    expect(high).toBeCloseTo(1.96, 1);
  });
});
