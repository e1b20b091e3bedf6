import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fillUniform, Purpose } from '../random/rng';
import { type Rounding, roundBy, roundHalfAway, roundHalfEven, roundings } from './rounding';

it.each([
  [0.5, 0],
  [1.5, 2],
  [2.5, 2],
  [-0.5, 0],
  [-1.5, -2],
  [-2.5, -2],
  [0.49999999999999994, 0],
  [-0.49999999999999994, 0],
  [1.4999999999999998, 1],
  [2251799813685247.5, 2251799813685248],
  [2251799813685248.5, 2251799813685248],
  [-2251799813685249.5, -2251799813685250],
  [4503599627370495.5, 4503599627370496],
  [4503599627370497, 4503599627370497],
  [-4503599627370495.5, -4503599627370496],
])('rounds %d to %d', (x, expected) => {
  expect(roundHalfEven(x)).toBe(expected);
});

it('passes infinities and NaN through', () => {
  expect(roundHalfEven(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
  expect(roundHalfEven(Number.NEGATIVE_INFINITY)).toBe(Number.NEGATIVE_INFINITY);
  expect(roundHalfEven(Number.NaN)).toBeNaN();
});

it('is a nearest integer, even at ties, and odd in its argument', () => {
  const halves = fc.integer({ min: -(2 ** 40), max: 2 ** 40 }).map((n) => n / 2);
  fc.assert(
    fc.property(fc.oneof(halves, fc.double({ min: -(2 ** 51), max: 2 ** 51, noNaN: true })), (x) => {
      const rounded = roundHalfEven(x);
      expect(Number.isInteger(rounded)).toBe(true);
      expect(Math.abs(rounded - x)).toBeLessThanOrEqual(0.5);
      if (Math.abs(rounded - x) === 0.5) expect(Math.abs(rounded % 2)).toBe(0);
      expect(roundHalfEven(-x) + rounded).toBe(0);
    }),
  );
});

const samples = [-2.5, -1.5, -0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75, 1.5, 2.5];
it.each<[Rounding, number[]]>([
  ['nearest-even', [-2, -2, -1, 0, 0, 0, 0, 0, 1, 2, 2]],
  ['half-away', [-3, -2, -1, -1, 0, 0, 0, 1, 1, 2, 3]],
  ['floor', [-3, -2, -1, -1, -1, 0, 0, 0, 0, 1, 2]],
  ['ceil', [-2, -1, 0, 0, 0, 0, 1, 1, 1, 2, 3]],
  ['toward-zero', [-2, -1, 0, 0, 0, 0, 0, 0, 0, 1, 2]],
  // A draw of 0.3 rounds up what is more than 0.3 above its floor.
  ['stochastic', [-2, -1, -1, 0, 0, 0, 0, 1, 1, 2, 3]],
  ['stochastic-half', [-2, -1, 0, 0, 0, 0, 1, 1, 1, 2, 3]],
])('%s', (rounding, expected) => {
  expect(samples.map((x) => roundBy(rounding, x, 0.3) + 0)).toEqual(expected);
});

it('half-away is not fooled just below a half', () => {
  expect(roundHalfAway(0.49999997)).toBe(0);
  expect(roundHalfAway(0.49999999999999994)).toBe(0);
  expect(roundHalfAway(8388609)).toBe(8388609);
});

it('stochastic rounding is right on average; one-half rounding is not', () => {
  const count = 20_000;
  const draws = new Float32Array(count);
  fillUniform(draws, 1, Purpose.rounding, 0);
  const mean = (rounding: Rounding) => draws.reduce((sum, draw) => sum + roundBy(rounding, 0.125, draw), 0) / count;
  // Standard deviations of the mean: 0.0023 and 0.0035.
  expect(Math.abs(mean('stochastic') - 0.125)).toBeLessThan(0.01);
  expect(Math.abs(mean('stochastic-half') - 0.5)).toBeLessThan(0.015);
});

it('a whole number stays itself under every rounding', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -40_000, max: 40_000 }),
      fc.constantFrom(...roundings),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (n, r, u) => {
        expect(roundBy(r, n, u)).toBe(n);
      },
    ),
  );
});

it.each<[Rounding, number]>([
  ['nearest-even', 0],
  ['half-away', 0],
  ['floor', -0.5],
  ['ceil', 0.5],
])('the error of %s has the mean %d and the variance 1/12 of a step', (rounding, bias) => {
  const count = 40_000;
  const draws = new Float32Array(count);
  fillUniform(draws, 2, Purpose.rounding, 0);
  const errors = draws.map((draw) => roundBy(rounding, 20 * draw - 10, 0) - (20 * draw - 10));
  const mean = errors.reduce((a, b) => a + b, 0) / count;
  const variance = errors.reduce((sum, error) => sum + (error - mean) ** 2, 0) / count;
  // Standard deviations of both: 0.0014 and 0.0004.
  expect(Math.abs(mean - bias)).toBeLessThan(0.006);
  expect(Math.abs(variance - 1 / 12)).toBeLessThan(0.0016);
});
