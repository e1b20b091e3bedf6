import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fillNormal } from '../random/rng';
import type { Rounding } from '../rounding/rounding';
import { fakeQuantize, symmetricScale } from '../scales/uniform';
import { bestScale, errorAtScale, geometricScales, neededScales, upperQuantile } from './scale-error';

const ternary = { low: -1, high: 1, zeroPoint: 0 };

describe('the error at a scale', () => {
  test('by hand: 0.4 and 1.6 with codes −1, 0, 1', () => {
    // s = 1: 0.4 → 0, 1.6 → clipped to 1. s = 2: 0.4 → 0, 1.6 → 2.
    expect(errorAtScale(Float32Array.of(0.4, 1.6), 1, ternary)).toBeCloseTo((0.16 + 0.36) / 2, 6);
    expect(errorAtScale(Float32Array.of(0.4, 1.6), 2, ternary)).toBeCloseTo((0.16 + 0.16) / 2, 6);
  });

  test('with a zero-point: codes 0 … 3 that mean −1 … 2', () => {
    const range = { low: 0, high: 3, zeroPoint: 1 };
    expect(errorAtScale(Float32Array.of(-1, 0, 1, 2), 1, range)).toBe(0);
    expect(errorAtScale(Float32Array.of(-2), 1, range)).toBe(1);
  });

  test('is that of the uniform quantizer', () => {
    const values = new Float32Array(500);
    fillNormal(values, 1, 2, 3);
    for (const bits of [2, 4, 8]) {
      const scale = symmetricScale(values, bits);
      const rounded = fakeQuantize(values, scale, bits);
      const error = values.reduce((sum, v, i) => sum + (v - rounded[i]!) ** 2, 0) / values.length;
      const high = 2 ** (bits - 1) - 1;
      expect(errorAtScale(values, scale, { low: -high, high, zeroPoint: 0 })).toBeCloseTo(error, 8);
    }
  });

  test('by hand: other roundings of 0.4 and 1.6 at a scale of 1, without limits', () => {
    const free = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY, zeroPoint: 0 };
    const error = (rounding: Rounding) => errorAtScale(Float32Array.of(0.4, 1.6), 1, free, rounding);
    expect(error('floor')).toBeCloseTo((0.16 + 0.36) / 2, 6);
    expect(error('ceil')).toBeCloseTo((0.36 + 0.16) / 2, 6);
    // Expected over the draws: f (1 − f), and the mean of f² and (1 − f)².
    expect(error('stochastic')).toBeCloseTo(0.24, 6);
    expect(error('stochastic-half')).toBeCloseTo((0.16 + 0.36) / 2, 6);
  });

  test('a scale is positive', () => {
    expect(() => errorAtScale(Float32Array.of(1), 0, ternary)).toThrow(RangeError);
  });

  test('without clipping it is at most a quarter of the squared scale', () => {
    fc.assert(
      fc.property(fc.float32Array({ minLength: 1, maxLength: 40, min: -9, max: 9, noNaN: true }), (values) => {
        const range = { low: -7, high: 7, zeroPoint: 0 };
        const scale = Math.max(...neededScales(values, range));
        fc.pre(scale > 1e-6);
        expect(errorAtScale(values, scale, range)).toBeLessThanOrEqual((scale * scale) / 4 + 1e-9);
      }),
    );
  });
});

describe('scales', () => {
  test('that a value needs', () => {
    expect([...neededScales(Float32Array.of(6, -6, 0), { low: -4, high: 3, zeroPoint: 0 })]).toEqual([2, 1.5, 0]);
    expect([...neededScales(Float32Array.of(6, -6), { low: 0, high: 3, zeroPoint: 0 })]).toEqual([2, 0]);
  });

  test('grow by one factor', () => {
    const [a, b, c] = geometricScales(1, 4, 3);
    expect([a, b, c]).toEqual([1, 2, 4]);
  });

  test('the quantile leaves the share above it', () => {
    const values = Float32Array.from({ length: 1000 }, (_, i) => i + 1);
    expect(upperQuantile(values, 0.999).quantile).toBeCloseTo(999, -0.5);
    expect(upperQuantile(values, 1)).toEqual({ largest: 1000, quantile: 1000 });
    expect(upperQuantile(new Float32Array(5), 0.5)).toEqual({ largest: 0, quantile: 0 });
  });

  test('the best step for a normal distribution and three levels is the published one', () => {
    // Max 1960, "Quantizing for minimum distortion", table I, N = 3: levels 1.224σ apart, distortion 0.1902σ².
    const values = new Float32Array(100_000);
    fillNormal(values, 7, 1, 1);
    const scales = geometricScales(0.2, 4, 64);
    const errors = scales.map((scale) => errorAtScale(values, scale, ternary));
    const { scale, error } = bestScale(values, ternary, scales, errors);
    expect(scale).toBeGreaterThan(1.2);
    expect(scale).toBeLessThan(1.25);
    expect(error).toBeCloseTo(0.1902, 2);
  });
});
