import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstScales, fittedScales, gridFit, gridValues, leastSquaresScales, nextScales, normalRange, TINY_SCALE } from './fitted-scale';
import { scaleGrid } from './scale-grid';

const whole = (length: number) => scaleGrid([length, 1], 'tensor');
const weights = fc
  .float32Array({ minLength: 1, maxLength: 40, noNaN: true, noDefaultInfinity: true, min: -100, max: 100 })
  .map((list) => list.map((x) => (Math.abs(x) < 1e-9 ? 0 : x)));

describe('known answers', () => {
  it('3 bits of a largest weight 6: scale 2; all zeros: the tiny scale', () => {
    const values = Float32Array.of(6, -1, 2.9, -2.9);
    const scales = fittedScales(values, whole(4), gridFit('max', 3));
    expect([...scales]).toEqual([2]);
    // 1 / 2 is halfway and goes to the even code 0.
    expect([...gridValues(values, scales, whole(4), 3)]).toEqual([6, 0, 2, -2]);
    expect([...fittedScales(new Float32Array(3), whole(3), gridFit('fit', 3))]).toEqual([TINY_SCALE]);
  });

  it('one bit: the mean magnitude, with the sign; 0 is positive', () => {
    const values = Float32Array.of(3, -1, 0, -4);
    const scales = fittedScales(values, whole(4), gridFit('max', 1));
    expect([...scales]).toEqual([2]);
    expect([...gridValues(values, scales, whole(4), 1)]).toEqual([2, -2, 2, -2]);
  });

  it('least squares: 1, 2 and 5 as 1, 1 and 2 times a scale give 13 / 6; without units the scale stays', () => {
    expect([...leastSquaresScales(Float32Array.of(1, 2, 5), [1, 1, 2], Float32Array.of(1), whole(3))]).toEqual([Math.fround(13 / 6)]);
    expect([...leastSquaresScales(Float32Array.of(1, 2), [0, 0], Float32Array.of(7), whole(2))]).toEqual([7]);
  });

  it('a scale for each channel', () => {
    const grid = scaleGrid([2, 2], 'channel');
    expect([...fittedScales(Float32Array.of(3, 1, -4, 1), grid, { statistic: 'rms', factor: 2 })]).toEqual([Math.fround(Math.sqrt(50)), 2]);
  });

  // Least error over all ranges of 2^b − 1 values for a normal number: 0.191, 0.0470, 0.0129 and 8.7e-5.
  it.each([
    [2, 0.1902],
    [3, 0.04686],
    [4, 0.01289],
    [8, 8.83e-5],
  ])('%d bits of normal weights: error %d, and no other range does better', (bits, expected) => {
    // Integrated over the density, from −8 to 8.
    const values = Float32Array.from({ length: 32_001 }, (_, i) => (i - 16_000) / 2000);
    const error = (factor: number) => {
      const stored = gridValues(values, Float32Array.of(factor), whole(values.length), bits);
      const density = (x: number) => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI) / 2000;
      return values.reduce((sum, x, i) => sum + density(x) * (x - (stored[i] as number)) ** 2, 0);
    };
    const { factor } = gridFit('fit', bits);
    expect(error(factor) / expected).toBeCloseTo(1, 2);
    for (const other of [0.98, 1.02]) expect(error(factor * other)).toBeGreaterThan(error(factor));
  });
});

describe('properties', () => {
  it('with the largest weight as the range nothing is off by more than half a scale', () => {
    fc.assert(
      fc.property(weights, fc.integer({ min: 2, max: 8 }), (values, bits) => {
        const scales = fittedScales(values, whole(values.length), gridFit('max', bits));
        const stored = gridValues(values, scales, whole(values.length), bits);
        const bound = (scales[0] as number) * (0.5 + 1e-5);
        for (const [i, x] of values.entries()) expect(Math.abs(x - (stored[i] as number))).toBeLessThanOrEqual(bound);
      }),
    );
  });

  const squares = (values: Float32Array, scales: Float32Array, bits: number) => {
    const stored = gridValues(values, scales, whole(values.length), bits);
    return values.reduce((sum, x, i) => sum + (x - (stored[i] as number)) ** 2, 0);
  };

  it('fitting by turns never makes the error larger, and a fitted grid of weights stays', () => {
    fc.assert(
      fc.property(weights, fc.integer({ min: 1, max: 4 }), (values, bits) => {
        const grid = whole(values.length);
        const start = fittedScales(values, grid, gridFit('fit', bits));
        const next = nextScales(values, start, grid, bits, 'fit');
        const energy = values.reduce((sum, x) => sum + x * x, 0);
        expect(squares(values, next, bits)).toBeLessThanOrEqual(squares(values, start, bits) + 1e-5 * energy);
        expect(squares(values, firstScales(values, grid, bits, 'fit'), bits)).toBeLessThanOrEqual(
          squares(values, next, bits) + 1e-5 * energy,
        );
        const stored = gridValues(values, next, grid, bits);
        fc.pre(stored.some((x) => Math.abs(x) > 1e-3));
        const again = nextScales(stored, next, grid, bits, 'fit');
        expect((again[0] as number) / (next[0] as number)).toBeCloseTo(1, 5);
      }),
    );
  });

  it('what is on the grid stays', () => {
    fc.assert(
      fc.property(weights, fc.integer({ min: 1, max: 8 }), (values, bits) => {
        const scales = fittedScales(values, whole(values.length), gridFit('fit', bits));
        const once = gridValues(values, scales, whole(values.length), bits);
        expect(gridValues(once, scales, whole(values.length), bits)).toEqual(once);
      }),
    );
  });
});

it('refuses ranges that it does not know', () => {
  for (const bits of [1, 9, 2.5]) expect(() => normalRange(bits)).toThrow(RangeError);
});
