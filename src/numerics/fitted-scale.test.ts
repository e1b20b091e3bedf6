import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fittedScales, gridFit, gridValues, normalRange, TINY_SCALE } from './fitted-scale';
import { fillNormal, Purpose } from './rng';
import { scaleGrid } from './scale-grid';

const whole = (length: number) => scaleGrid([length, 1], 'tensor');
const weights = fc.float32Array({ minLength: 1, maxLength: 40, noNaN: true, noDefaultInfinity: true, min: -100, max: 100 });

describe('known answers', () => {
  it('3 bits of a largest weight 6: scale 2; all zeros: the tiny scale', () => {
    const values = Float32Array.of(6, -1, 2.9, -2.9);
    const scales = fittedScales(values, whole(4), gridFit('max', 3));
    expect([...scales]).toEqual([2]);
    // 1 / 2 is halfway and goes to the even code 0.
    expect([...gridValues(values, scales, whole(4), 3)]).toEqual([6, 0, 2, -2]);
    expect([...fittedScales(new Float32Array(3), whole(3), gridFit('normal', 3))]).toEqual([TINY_SCALE]);
  });

  it('one bit: the mean magnitude, with the sign; 0 is positive', () => {
    const values = Float32Array.of(3, -1, 0, -4);
    const scales = fittedScales(values, whole(4), gridFit('max', 1));
    expect([...scales]).toEqual([2]);
    expect([...gridValues(values, scales, whole(4), 1)]).toEqual([2, -2, 2, -2]);
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
    const values = new Float32Array(200_000);
    fillNormal(values, 3, Purpose.noise, 0);
    const error = (factor: number) => {
      const scales = fittedScales(values, whole(values.length), { ...gridFit('normal', bits), factor });
      const stored = gridValues(values, scales, whole(values.length), bits);
      return values.reduce((sum, x, i) => sum + (x - (stored[i] as number)) ** 2, 0) / values.length;
    };
    const { factor } = gridFit('normal', bits);
    // Of 8 bits' error, half comes from the few weights beyond the range.
    expect(Math.abs(error(factor) / expected - 1)).toBeLessThan(bits === 8 ? 0.1 : 0.02);
    for (const other of [0.93, 1.07]) expect(error(factor * other)).toBeGreaterThan(error(factor));
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

  it('what is on the grid stays', () => {
    fc.assert(
      fc.property(weights, fc.integer({ min: 1, max: 8 }), (values, bits) => {
        const scales = fittedScales(values, whole(values.length), gridFit('normal', bits));
        const once = gridValues(values, scales, whole(values.length), bits);
        expect(gridValues(once, scales, whole(values.length), bits)).toEqual(once);
      }),
    );
  });
});

it('refuses ranges that it does not know', () => {
  for (const bits of [1, 9, 2.5]) expect(() => normalRange(bits)).toThrow(RangeError);
});
