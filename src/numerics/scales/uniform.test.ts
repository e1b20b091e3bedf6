import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillNormal, Purpose } from '../random/rng';
import { dequantize, fakeQuantize, maxCode, quantize, symmetricScale } from './uniform';

/** Ordinary weights: zero, or a magnitude far from float32's underflow and overflow. */
const weight = fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((x) => (Math.abs(x) < 1e-12 ? 0 : Math.fround(x)));
const weights = fc.array(weight, { minLength: 1, maxLength: 60 }).map((list) => Float32Array.from(list));
const bits = fc.integer({ min: 2, max: 16 });

describe('known answers', () => {
  it('4 bits over [-1, 0.5]: scale 1/7', () => {
    const values = Float32Array.of(-1, -0.6, -0.05, 0, 0.3, 0.5);
    const scale = symmetricScale(values, 4);
    expect(scale).toBe(Math.fround(1 / 7));
    // 0.6 × 7 = 4.2, 0.05 × 7 = 0.35, 0.3 × 7 = 2.1. Float32's 1/7 is a little above 1/7, so 0.5 lies below 3.5 steps.
    expect([...quantize(values, scale, 4)]).toEqual([-7, -4, 0, 0, 2, 3]);
    expect([...fakeQuantize(values, scale, 4)]).toEqual([-7, -4, 0, 0, 2, 3].map((code) => Math.fround(Math.fround(1 / 7) * code)));
  });

  it('2 bits has the levels -1, 0, 1; ties go to even; what lies outside is clipped', () => {
    expect([...quantize(Float32Array.of(-9, -1.5, -0.5, 0.5, 0.51, 1.5, 9), 1, 2)]).toEqual([-1, -1, 0, 0, 1, 1, 1]);
  });

  it('8 bits of 1: scale 1/127 and code 127', () => {
    const one = Float32Array.of(1);
    expect(symmetricScale(one, 8)).toBe(Math.fround(1 / 127));
    expect(quantize(one, symmetricScale(one, 8), 8)[0]).toBe(127);
  });

  it('an all-zero tensor has scale 0 and codes 0', () => {
    const zeros = new Float32Array(4);
    expect(symmetricScale(zeros, 4)).toBe(0);
    expect([...quantize(zeros, 0, 4)]).toEqual([0, 0, 0, 0]);
    expect([...fakeQuantize(zeros, 0, 4)]).toEqual([0, 0, 0, 0]);
  });

  // Mean squared error of min-max on 400,000 standard normal numbers whose largest is 4.73: 0.945, 0.208, 0.0381, 1.16e-4.
  // Outliers are cut at 4.73 here, so that the scale is that of the reference.
  it.each([
    [2, 0.945],
    [3, 0.208],
    [4, 0.0381],
    [8, 1.16e-4],
  ])('min-max error of a normal sample at %d bits is %d', (b, expected) => {
    const values = new Float32Array(400_000);
    fillNormal(values, 1, Purpose.noise, 0);
    for (let i = 0; i < values.length; i++) values[i] = Math.max(-4.73, Math.min(4.73, values[i] as number));
    values[0] = 4.73;
    const stored = fakeQuantize(values, symmetricScale(values, b), b);
    const error = values.reduce((a, x, i) => a + (x - (stored[i] as number)) ** 2, 0) / values.length;
    expect(Math.abs(error / expected - 1)).toBeLessThan(0.02);
  });
});

describe('properties of min-max quantization', () => {
  it('is off by at most half a step', () => {
    fc.assert(
      fc.property(weights, bits, (values, b) => {
        const scale = symmetricScale(values, b);
        const stored = fakeQuantize(values, scale, b);
        // Float32 rounds the scale, the quotient and the product; each by at most 2^-24 of values up to 2^15 steps.
        const bound = scale * (0.5 + 3 * 2 ** (b - 25));
        values.forEach((x, i) => {
          expect(Math.abs(x - (stored[i] as number))).toBeLessThanOrEqual(bound);
        });
      }),
    );
  });

  it('is idempotent: quantizing stored values with the same scale changes nothing', () => {
    fc.assert(
      fc.property(weights, bits, (values, b) => {
        const scale = symmetricScale(values, b);
        const codes = quantize(values, scale, b);
        expect(quantize(dequantize(codes, scale), scale, b)).toEqual(codes);
      }),
    );
  });

  it('is monotone, odd, and uses at most 2^b - 1 levels', () => {
    fc.assert(
      fc.property(weights, bits, (values, b) => {
        const sorted = values.slice().sort();
        const scale = symmetricScale(values, b);
        const codes = quantize(sorted, scale, b);
        for (let i = 1; i < codes.length; i++) expect(codes[i]).toBeGreaterThanOrEqual(codes[i - 1] as number);
        expect(
          quantize(
            sorted.map((x) => -x),
            scale,
            b,
          ),
        ).toEqual(codes.map((code) => -code));
        expect(codes.every((code) => Math.abs(code) <= maxCode(b))).toBe(true);
      }),
    );
  });

  it('uses the largest code for the largest magnitude', () => {
    fc.assert(
      fc.property(weights, bits, (values, b) => {
        const codes = quantize(values, symmetricScale(values, b), b);
        const used = codes.reduce((a, code) => Math.max(a, Math.abs(code)), 0);
        expect(used).toBe(values.some((x) => x !== 0) ? maxCode(b) : 0);
      }),
    );
  });
});

describe('refusals', () => {
  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])('%d is named with its place', (bad) => {
    const values = Float32Array.of(1, bad);
    expect(() => symmetricScale(values, 4)).toThrow(RangeError);
    expect(() => quantize(values, 1, 4)).toThrow(`Value 1 is ${bad}; only finite numbers can be quantized.`);
    expect(() => quantize(values, 0, 4)).toThrow(RangeError);
  });

  it.each([1, 17, 3.5, Number.NaN])('%d bits', (b) => {
    expect(() => symmetricScale(Float32Array.of(1), b)).toThrow(RangeError);
  });

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY])('scale %d', (scale) => {
    expect(() => quantize(Float32Array.of(1), scale, 4)).toThrow(RangeError);
  });
});
