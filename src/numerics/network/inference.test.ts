import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { convOne, denseOne, maxPoolOne, softmax } from './inference';
import { conv, dense, maxPool } from './layers';

const some = (length: number, phase: number) => Float32Array.from({ length }, (_, i) => Math.fround(Math.sin(3 * i + phase)));
/** Half of it zeros, as after a ReLU. */
const rectified = (length: number) => some(length, 1).map((value) => Math.max(0, value));

describe('one example at a time', () => {
  test('a dense layer by hand: [1, 2] × [[1, 0, −1], [3, 1, 0]] + [0, 10, 0]', () => {
    expect([...denseOne([1, 2] as never, Float32Array.of(1, 0, -1, 3, 1, 0), Float32Array.of(0, 10, 0))]).toEqual([7, 12, -1]);
  });

  test('a convolution by hand: the sum of each 2 × 2 window', () => {
    const x = Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9);
    const shape = { height: 3, width: 3, channels: 1, window: 2 };
    const ones = Float32Array.of(1, 1, 1, 1);
    expect([...convOne(x, ones, Float32Array.of(0), { ...shape, padding: 'valid' })]).toEqual([12, 16, 24, 28]);
    // With an even window the zeros of `same` are below and right.
    expect([...convOne(x, ones, Float32Array.of(0), { ...shape, padding: 'same' })]).toEqual([12, 16, 9, 24, 28, 15, 15, 17, 9]);
  });

  test('equals the definition for every shape', () => {
    const shapes = fc.record({
      height: fc.integer({ min: 5, max: 8 }),
      width: fc.integer({ min: 5, max: 8 }),
      channels: fc.integer({ min: 1, max: 3 }),
      window: fc.integer({ min: 1, max: 5 }),
      filters: fc.integer({ min: 1, max: 4 }),
      padding: fc.constantFrom('same' as const, 'valid' as const),
    });
    fc.assert(
      fc.property(shapes, ({ filters, ...shape }) => {
        const { height, width, channels, window } = shape;
        const x = rectified(height * width * channels);
        const [weights, bias] = [some(window * window * channels * filters, 2), some(filters, 3)];
        near(convOne(x, weights, bias, shape), conv(x, weights, bias, { ...shape, batch: 1, filters }));
        near(denseOne(x, some(x.length * filters, 4), bias), dense(x, some(x.length * filters, 4), bias));
        const size = Math.min(window, 3);
        near(maxPoolOne(x, shape, size), maxPool(x, { batch: 1, height, width, channels, size }).y);
      }),
      { numRuns: 60 },
    );
  });
});

describe('softmax', () => {
  test('by hand: 0 and ln 3 are a quarter and three quarters, however large both are', () => {
    for (const far of [0, 1e4, -1e4]) near(softmax(Float64Array.of(far, far + Math.log(3))), Float64Array.of(0.25, 0.75));
  });
});

function near(found: Float64Array, expected: Float64Array): void {
  expect(found.length).toBe(expected.length);
  for (const [i, value] of expected.entries()) expect(found[i]).toBeCloseTo(value, 9);
}
