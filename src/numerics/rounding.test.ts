import fc from 'fast-check';
import { expect, it } from 'vitest';
import { roundHalfEven } from './rounding';

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
