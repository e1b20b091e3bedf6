import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { benchReadout, percentDomain, percentTick, spreadAll, stackDots } from './bench-layout';

describe('the axis', () => {
  test('holds what was measured, and is never narrower than a point', () => {
    expect(percentDomain([])).toEqual([0, 100]);
    const [low, high] = percentDomain([0.97, 0.971]);
    expect(high - low).toBeCloseTo(1, 6);
    expect(percentDomain([0.1, 0.9])[0]).toBeCloseTo(2, 6);
    expect(percentDomain([1, 1])).toEqual([99.5, 100]);
    expect(percentDomain([0])[0]).toBe(0);
  });

  test('has as many decimals as the ticks need', () => {
    expect(percentTick([96, 97])(96)).toBe('96');
    expect(percentTick([96.5, 97])(97)).toBe('97.0');
    expect(percentTick([96.25, 96.5])(96.5)).toBe('96.50');
  });
});

describe('labels', () => {
  test('are moved apart, in their order, and kept inside', () => {
    expect(spreadAll([10, 11, 50], 10, 0, 100)).toEqual([10, 20, 50]);
    expect(spreadAll([99, 98], 10, 0, 100)).toEqual([100, 90]);
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 200, noNaN: true }), { maxLength: 8 }), (positions) => {
        const out = spreadAll(positions, 12, 0, 200).toSorted((a, b) => a - b);
        for (let i = 1; i < out.length; i++) expect(out[i]! - out[i - 1]!).toBeGreaterThanOrEqual(12 - 1e-9);
        expect(Math.min(...out, 0)).toBeGreaterThanOrEqual(-1e-9);
        expect(Math.max(...out, 200)).toBeLessThanOrEqual(200 + 1e-9);
      }),
    );
  });
});

describe('dots', () => {
  test('of one value are stacked, those apart lie on the axis', () => {
    expect(stackDots([5, 5, 5, 20], 6)).toEqual([0, 1, 2, 0]);
    expect(stackDots([20, 0, 10], 6)).toEqual([0, 0, 0]);
  });

  test('never cover each other', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 20 }), (positions) => {
        const levels = stackDots(positions, 6);
        for (let i = 0; i < positions.length; i++)
          for (let j = 0; j < i; j++)
            if (levels[i] === levels[j]) expect(Math.abs(positions[i]! - positions[j]!)).toBeGreaterThanOrEqual(6);
      }),
    );
  });
});

test('a point in words', () => {
  const point = { label: 'MSE, 8 images', series: 'MSE', value: 8, accuracy: 0.97, failed: '' };
  expect(benchReadout(point)).toBe('MSE, 8 images: test accuracy 97.00\u00a0%');
  expect(benchReadout({ ...point, accuracy: null, failed: 'No range.' })).toBe('MSE, 8 images: failed. No range.');
});
