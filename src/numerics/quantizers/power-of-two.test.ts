import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scaleGrid } from '../scales/scale-grid';
import { decodeLevels, levelCodes } from './levels';
import { powerCodebooks, powerLevels } from './power-of-two';

function rounded(values: readonly number[], options: Parameters<typeof powerCodebooks>[0]): number[] {
  const x = Float32Array.from(values);
  const grid = scaleGrid([x.length, 1], 'tensor');
  const { levels, thresholds } = powerLevels(Math.max(...x.map(Math.abs)), powerCodebooks(options));
  return [...decodeLevels(levelCodes(x, thresholds, levels.length, grid), levels, levels.length, grid)];
}

describe('known answers', () => {
  test('3 bits: seven levels, 0 and ±1/4, ±1/2, ±1 for weights up to 1.2', () => {
    const { levels, thresholds } = powerLevels(1.2, powerCodebooks({ bits: 3, perDoubling: 1, nearest: 'value' }));
    expect([...levels]).toEqual([-1, -0.5, -0.25, 0, 0.25, 0.5, 1]);
    expect([...thresholds]).toEqual([-0.75, -0.375, -0.125, 0.125, 0.375, 0.75]);
    expect(rounded([0.9, -0.1, 0.35, -0.6, 0.05, -1.2], { bits: 3, perDoubling: 1, nearest: 'value' })).toEqual([1, 0, 0.25, -0.5, 0, -1]);
  });

  test('the largest level is 2^⌊log₂(4 max/3)⌋', () => {
    const codebooks = powerCodebooks({ bits: 3, perDoubling: 1, nearest: 'value' });
    for (const largest of [1e-3, 0.02, 0.74, 0.75, 0.9, 1, 1.49, 1.5, 3.1, 100])
      expect(powerLevels(largest, codebooks).levels.at(-1)).toBe(2 ** Math.floor(Math.log2((4 * largest) / 3)));
  });

  test('nearest exponent: the border between 1/2 and 1 is 1/√2, not 3/4', () => {
    const options = { bits: 3, perDoubling: 1, nearest: 'exponent' } as const;
    expect(rounded([1, 0.71, 0.7, 0.36, 0.35, 0.18, 0.17], options)).toEqual([1, 1, 0.5, 0.5, 0.25, 0.25, 0]);
  });

  test('base √2: two levels in each doubling', () => {
    const { levels } = powerLevels(1, powerCodebooks({ bits: 3, perDoubling: 2, nearest: 'value' }));
    for (const [i, expected] of [-1, -Math.SQRT1_2, -0.5, 0, 0.5, Math.SQRT1_2, 1].entries()) expect(levels[i]).toBeCloseTo(expected, 7);
  });
});

describe('properties', () => {
  const options = fc.record({
    bits: fc.integer({ min: 2, max: 6 }),
    perDoubling: fc.constantFrom(1 as const, 2 as const, 4 as const),
    nearest: fc.constantFrom('value' as const, 'exponent' as const),
  });
  const weights = fc.array(fc.float({ min: -4, max: 4, noNaN: true }), { minLength: 1, maxLength: 20 });

  test('levels ascend and are symmetric; thresholds lie between them', () => {
    fc.assert(
      fc.property(options, fc.float({ min: Math.fround(1e-6), max: 1000, noNaN: true }), (o, largest) => {
        const { levels, thresholds } = powerLevels(largest, powerCodebooks(o));
        expect(levels.length).toBe(2 ** o.bits - 1);
        for (const [i, threshold] of thresholds.entries()) {
          expect(threshold).toBeGreaterThan(levels[i]!);
          expect(threshold).toBeLessThan(levels[i + 1]!);
          expect(levels[levels.length - 1 - i]).toBe(0 - levels[i]!);
        }
      }),
      { numRuns: 50 },
    );
  });

  test('rounding keeps signs and order, and leaves what is rounded alone', () => {
    fc.assert(
      fc.property(options, weights, (o, w) => {
        const once = rounded(w, o);
        w.forEach((value, i) => {
          expect(once[i]! * value).toBeGreaterThanOrEqual(0);
          w.forEach((other, j) => {
            if (other > value) expect(once[j]!).toBeGreaterThanOrEqual(once[i]!);
          });
        });
        if (once.some((v) => v !== 0)) expect(rounded(once, o)).toEqual(once);
      }),
      { numRuns: 50 },
    );
  });
});

test('zeros stay zeros; other bits are refused', () => {
  expect(rounded([0, 0], { bits: 4, perDoubling: 1, nearest: 'value' })).toEqual([0, 0]);
  expect(() => powerCodebooks({ bits: 7, perDoubling: 1, nearest: 'value' })).toThrow('Powers of two have 2 to 6 bits, not 7.');
});
