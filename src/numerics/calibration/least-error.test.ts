import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { fillNormal } from '../random/rng';
import { type AffineSettings, affineParameters } from '../scales/affine';
import { affineCodes } from '../scales/affine-groups';
import { scaleGrid } from '../scales/scale-grid';
import { type Calibration, calibrateRange, calibrations, RangeObserver } from './calibration';
import { leastErrorRange } from './least-error';

const asymmetric = (bits: number): AffineSettings => ({ bits, scheme: 'asymmetric', range: 'full' });
const narrow = (bits: number): AffineSettings => ({ bits, scheme: 'symmetric', range: 'narrow' });
const unsigned = (bits: number): AffineSettings => ({ bits, scheme: 'symmetric', range: 'unsigned' });

interface Range {
  readonly low: number;
  readonly high: number;
}

/** Mean squared error of the quantizer that is installed with this range. */
function errorOf(values: Float32Array, { low, high }: Range, settings: AffineSettings): number {
  const parameters = affineParameters(low, high, settings);
  const codes = affineCodes(values, [parameters], scaleGrid([values.length], 'tensor'), settings, 'nearest-even');
  const stored = (i: number) => parameters.scale * (codes[i]! - parameters.zeroPoint);
  return values.reduce((sum, x, i) => sum + (x - stored(i)) ** 2, 0) / values.length;
}

function observed(values: Float32Array): RangeObserver {
  const observer = new RangeObserver();
  observer.add(values);
  return observer;
}

const calibrated = (values: Float32Array, method: Calibration, settings: AffineSettings) =>
  errorOf(values, calibrateRange(observed(values), method, settings), settings);

describe('known answers', () => {
  const count = 4000;
  const exponential = Float32Array.from({ length: count }, (_, i) => -Math.log(1 - (i + 0.5) / count));

  it.each([asymmetric(6), unsigned(6)])(
    'exponential values, 6 bits, $scheme: the least of 2,000 ranges; min-max errs 1.69e-3',
    (settings) => {
      expect(calibrated(exponential, 'min-max', settings)).toBeCloseTo(1.694e-3, 6);
      const scan = Array.from({ length: 2000 }, (_, i) => errorOf(exponential, { low: 0, high: 5 + i / 400 }, settings));
      const least = calibrated(exponential, 'mse', settings);
      expect(least).toBeLessThan(1.57e-3);
      expect(least).toBeLessThan(1.002 * Math.min(...scan));
    },
  );

  it('four fifths of the values at −0.4242 and the rest even to 2.82, 3 bits: less than the 4.77e-3 of min-max', () => {
    const values = Float32Array.from({ length: 5000 }, (_, i) => (i < 4000 ? -0.4242 : -0.4242 + (3.2442 * (i - 4000)) / 999));
    expect(calibrated(values, 'min-max', asymmetric(3))).toBeCloseTo(4.77e-3, 4);
    expect(calibrated(values, 'mse', asymmetric(3))).toBeLessThan(3.2e-3);
  });

  it.each([
    // Optimal clips of a normal distribution in standard deviations, symmetric, 2^b − 1 levels.
    [2, 1.23],
    [3, 1.95],
    [4, 2.48],
    [8, 3.92],
  ])('%i bits clip a Gaussian at %f σ', (bits, clip) => {
    // Densities rather than counts: the tail must not end.
    const means = Float64Array.from({ length: 2048 }, (_, i) => (i + 0.5) / 350);
    const clusters = { counts: means.map((x) => Math.exp(-(x ** 2) / 2)), means, spread: 0 };
    const { high } = leastErrorRange(clusters, { low: 0, high: means.at(-1)! }, narrow(bits));
    expect(Math.abs(high - clip)).toBeLessThan(0.03);
  });

  it('one bit: ± the mean magnitude, or 0 and one value', () => {
    expect(calibrateRange(observed(Float32Array.of(1, -2, 3, -6)), 'mse', narrow(1))).toEqual({ low: -3, high: 3 });
    const { low, high } = calibrateRange(observed(Float32Array.of(0, 0, 2, 4)), 'mse', unsigned(1));
    expect([low, high]).toEqual([0, 3]);
  });

  it('keeps equal values as they are, to the bit', () => {
    for (const value of [0.7, -0.7, 1e-20, 3e30])
      for (const settings of [narrow(4), asymmetric(8), ...(value > 0 ? [unsigned(3)] : [])]) {
        const values = new Float32Array(300).fill(value);
        const { low, high } = calibrateRange(observed(values), 'mse', settings);
        expect([Math.min(0, values[0]!), Math.max(0, values[0]!)]).toEqual([low, high]);
      }
  });
});

/** Values of one kind: normal, one-sided, skewed, with a spike, equal, of few kinds, with an outlier. */
const kinds: Readonly<Record<string, (x: number, i: number) => number>> = {
  normal: (x) => x,
  positive: (x) => Math.abs(x),
  negative: (x) => -Math.abs(x),
  'after a ReLU': (x) => Math.max(0, x),
  skewed: (x) => (x > 0 ? 5 * x : x),
  'heavy tails': (x) => x ** 3,
  'with a spike': (x, i) => (i % 5 < 4 ? -0.4242 : Math.abs(x)),
  equal: () => 0.7,
  'two values': (_, i) => (i % 10 < 7 ? 1 : 1.9),
  'an outlier': (x, i) => (i === 3 ? 30 : x),
};

test('no range errs less than the one of least error, within a bin: every scheme, 2 to 8 bits', () => {
  const share = fc.double({ min: 0, max: 1.2, noNaN: true });
  fc.assert(
    fc.property(
      fc.constantFrom(...Object.keys(kinds)),
      fc.integer({ min: 2, max: 8 }),
      fc.constantFrom(asymmetric, narrow, unsigned),
      fc.integer({ min: 1, max: 1000 }),
      fc.array(fc.tuple(share, share), { minLength: 5, maxLength: 20 }),
      (kind, bits, scheme, seed, shares) => {
        const values = new Float32Array(3000);
        fillNormal(values, seed, 7, 0);
        const data = values.map((x, i) => kinds[kind]!(x, i));
        const settings = scheme(bits);
        const observer = observed(data);
        if (scheme === unsigned && observer.min < 0) return;
        const least = errorOf(data, calibrateRange(observer, 'mse', settings), settings);
        const bin = observer.histogram().width;
        const others = [
          ...calibrations.map((method) => calibrateRange(observer, method, settings)),
          ...shares.map(([a, b]) => ({ low: a * Math.min(0, observer.min), high: b * Math.max(0, observer.max) })),
        ];
        for (const range of others) expect(least).toBeLessThanOrEqual(1.002 * errorOf(data, range, settings) + bin ** 2 / 4);
      },
    ),
    { numRuns: 60 },
  );
});
