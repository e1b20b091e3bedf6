import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillNormal, Purpose } from '../random/rng';
import { clippedCodes, clippedValues, narrowRange, signedRange, unsignedRange } from '../scales/clipped-codes';
import { scaleGrid } from '../scales/scale-grid';
import { lsqFactors, lsqGradients, lsqStart, SMALLEST_SCALE } from './lsq';

const one = scaleGrid([1], 'tensor');
const unit = Float32Array.of(1);

describe('known answers', () => {
  // s = 1, QN = 4, QP = 3. Halves go to even: 1.5 to 2, 2.5 to 2.
  it.each([
    [-5, -4],
    [-4, -4],
    [-3.6, -0.4],
    [-0.6, -0.4],
    [0, 0],
    [0.4, -0.4],
    [0.6, 0.4],
    [1.5, 0.5],
    [2.5, -0.5],
    [3, 3],
    [3.2, 3],
    [9, 3],
  ])('the gradient by the scale at v = %d is %d', (v, expected) => {
    const { scales, values } = lsqGradients(Float32Array.of(v), unit, one, signedRange(3), unit);
    expect(scales[0]).toBeCloseTo(expected, 6);
    expect(values[0]).toBe(v > -4 && v < 3 ? 1 : 0);
  });

  it('ranges of codes', () => {
    expect([signedRange(3), narrowRange(3), unsignedRange(3)]).toEqual([
      { lowest: -4, highest: 3 },
      { lowest: -3, highest: 3 },
      { lowest: 0, highest: 7 },
    ]);
    for (const bits of [1, 2.5, 17]) expect(() => signedRange(bits)).toThrow(RangeError);
    expect(() => unsignedRange(0)).toThrow(RangeError);
  });

  it.each([
    [2, 1.599],
    [3, 0.923],
    [4, 0.604],
    [8, 0.142],
  ])('the first scale of a normal sample at %d bits is %d', (bits, expected) => {
    const values = new Float32Array(100_000);
    fillNormal(values, 1, Purpose.noise, 1);
    const [scale] = lsqStart(values, scaleGrid([values.length], 'tensor'), signedRange(bits).highest);
    expect(Math.abs(scale! / expected - 1)).toBeLessThan(0.01);
  });

  it('g = 1 / √(N · QP), N the values that share the scale', () => {
    expect(lsqFactors(12, scaleGrid([4, 3], 'channel'), 3)[0]).toBeCloseTo(1 / Math.sqrt(12), 6);
    // Blocks of three channels out of four: 12 values, then 4.
    expect([...lsqFactors(16, scaleGrid([4, 4], { channels: 3 }), 1)].map((g) => g ** -2)).toEqual(
      [12, 4].map((n) => expect.closeTo(n, 4)),
    );
  });

  it('weights that are all 0 have the smallest scale and stay 0', () => {
    const zeros = new Float32Array(4);
    const grid = scaleGrid([4], 'tensor');
    const scales = lsqStart(zeros, grid, 1);
    expect(scales[0]).toBe(Math.fround(SMALLEST_SCALE));
    expect([...clippedValues(zeros, scales, grid, signedRange(2))]).toEqual([0, 0, 0, 0]);
  });

  it('refuses what is not finite; a scale of 0 gives codes 0', () => {
    expect(() => clippedCodes(Float32Array.of(Number.NaN), unit, one, signedRange(2))).toThrow('Value 0 is NaN');
    expect([...clippedCodes(Float32Array.of(7), new Float32Array(1), one, signedRange(2))]).toEqual([0]);
  });
});

const weight = fc.float({ min: -10, max: 10, noNaN: true });
const cases = fc.record({
  values: fc.array(weight, { minLength: 1, maxLength: 40 }).map((list) => Float32Array.from(list)),
  scale: fc.float({ min: Math.fround(0.01), max: 4, noNaN: true }),
  bits: fc.integer({ min: 2, max: 8 }),
});

describe('properties', () => {
  it('is off by at most half a step inside, idempotent, and within its codes', () => {
    fc.assert(
      fc.property(cases, ({ values, scale, bits }) => {
        const range = signedRange(bits);
        const grid = scaleGrid([values.length], 'tensor');
        const scales = Float32Array.of(scale);
        const stored = clippedValues(values, scales, grid, range);
        expect(clippedValues(stored, scales, grid, range)).toEqual(stored);
        for (const [i, code] of clippedCodes(values, scales, grid, range).entries()) {
          expect(code).toBeGreaterThanOrEqual(range.lowest);
          expect(code).toBeLessThanOrEqual(range.highest);
          const ratio = values[i]! / scale;
          if (ratio > range.lowest && ratio < range.highest) expect(Math.abs(stored[i]! - values[i]!)).toBeLessThanOrEqual(scale * 0.5001);
        }
      }),
    );
  });

  it('where everything is clipped, the gradient by the scale is the true one', () => {
    fc.assert(
      fc.property(cases, ({ values, scale, bits }) => {
        const range = signedRange(bits);
        const grid = scaleGrid([values.length], 'tensor');
        const far = values.map((v) => (v >= 0 ? 1e4 : -1e4));
        const dy = values.map((_, i) => Math.cos(i));
        const at = (s: number) => clippedValues(far, Float32Array.of(s), grid, range).reduce((sum, v, i) => sum + v * dy[i]!, 0);
        const slope = (at(scale * 1.01) - at(scale * 0.99)) / (0.02 * scale);
        const { scales } = lsqGradients(far, Float32Array.of(scale), grid, range, dy);
        expect(Math.abs(scales[0]! - slope)).toBeLessThanOrEqual(1e-3 * (1 + values.length * 2 ** bits));
      }),
    );
  });

  it('each channel has the gradient that it has alone', () => {
    const values = Float32Array.of(0.4, -3, 1.7, 0.2, -0.9, 8);
    const dy = Float32Array.of(1, 2, 3, 4, 5, 6);
    const scales = Float32Array.of(0.5, 2);
    const both = lsqGradients(values, scales, scaleGrid([3, 2], 'channel'), signedRange(3), dy);
    for (const channel of [0, 1]) {
      const own = (array: Float32Array) => array.filter((_, i) => i % 2 === channel);
      const alone = lsqGradients(own(values), scales.slice(channel, channel + 1), scaleGrid([3], 'tensor'), signedRange(3), own(dy));
      expect(both.scales[channel]).toBe(alone.scales[0]);
      expect(own(both.values)).toEqual(alone.values);
    }
  });
});
