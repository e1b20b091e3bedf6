import { expect, test } from 'vitest';
import { slideMatrix, workedMatrix } from './matrix-example';

test('the slide: codes, and an error of half a step', () => {
  const { codes, scale, largestError, zeroCode } = workedMatrix(slideMatrix, 8, 'slide');
  expect(codes).toEqual([119, 35, 61, 127, 20, 86, 86, 79, -128, -82, 102, -57, 17, 117, 76, 79]);
  expect(1 / scale).toBeCloseTo(255, 9);
  expect(largestError).toBeCloseTo(0.00196, 5);
  expect(zeroCode).toBe(-128);
});

test('errors stay below half a step, and 0 is exact where there is a zero-point', () => {
  const x = slideMatrix.map((value, i) => (i === 5 ? 0 : value - 0.4));
  for (const convention of ['slide', 'zero-point', 'symmetric'] as const) {
    for (const bits of [2, 4, 8]) {
      const { scale, largestError, values } = workedMatrix(x, bits, convention);
      // A rounded zero-point may cut off up to half a step more at an end.
      expect(largestError).toBeLessThanOrEqual(scale * (convention === 'zero-point' ? 1.0001 : 0.5001));
      if (convention !== 'slide') expect(values[5]! + 0).toBe(0);
    }
  }
});

test('equal numbers and zeros are no trouble', () => {
  for (const convention of ['slide', 'zero-point', 'symmetric'] as const) {
    expect(workedMatrix(new Array(16).fill(0), 8, convention).largestError).toBe(0);
    expect(workedMatrix(new Array(16).fill(0.5), 8, convention).largestError).toBeLessThan(0.005);
  }
});
