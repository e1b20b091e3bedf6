import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scaleGrid } from '../scales/scale-grid';
import { decodeLevels, levelCodes, midpoints } from './levels';

const grid = scaleGrid([5, 1], 'tensor');

test('the nearest of four levels; on a threshold the lower one', () => {
  const levels = Float32Array.of(-1, 0, 1.5, 2);
  expect([...midpoints(levels, 4)]).toEqual([-0.5, 0.75, 1.75]);
  const codes = levelCodes(Float32Array.of(-9, -0.5, 0.75, 0.76, 5), midpoints(levels, 4), 4, grid);
  expect([...codes]).toEqual([0, 0, 1, 2, 3]);
  expect([...decodeLevels(codes, levels, 4, grid)]).toEqual([-1, -1, 0, 1.5, 2]);
});

test('a codebook for each channel', () => {
  const byChannel = scaleGrid([2, 2], 'channel');
  const levels = Float32Array.of(0, 1, 10, 20);
  expect([...midpoints(levels, 2)]).toEqual([0.5, 15]);
  const codes = levelCodes(Float32Array.of(0.6, 14, 0.4, 16), midpoints(levels, 2), 2, byChannel);
  expect([...codes]).toEqual([1, 0, 0, 1]);
  expect([...decodeLevels(codes, levels, 2, byChannel)]).toEqual([1, 10, 0, 20]);
});

test('no level is nearer than the one that is chosen; levels are their own codes', () => {
  // Multiples of 1/64: half of the smallest float would have no midpoint.
  const number = fc.integer({ min: -640, max: 640 }).map((n) => n / 64);
  fc.assert(
    fc.property(fc.array(number, { minLength: 1, maxLength: 20 }), fc.array(number, { minLength: 5, maxLength: 5 }), (list, values) => {
      const levels = Float32Array.from(list).sort();
      const thresholds = midpoints(levels, levels.length);
      const x = Float32Array.from(values);
      const chosen = decodeLevels(levelCodes(x, thresholds, levels.length, grid), levels, levels.length, grid);
      for (const [i, value] of x.entries()) {
        const best = Math.min(...levels.map((level) => Math.abs(level - value)));
        expect(Math.abs(chosen[i]! - value)).toBeLessThanOrEqual(best + 1e-5);
      }
      const own = scaleGrid([levels.length, 1], 'tensor');
      expect(decodeLevels(levelCodes(levels, thresholds, levels.length, own), levels, levels.length, own).map((v) => v + 0)).toEqual(
        levels.map((v) => v + 0),
      );
    }),
  );
});

test('numbers that are not finite are refused', () => {
  expect(() => levelCodes(Float32Array.of(Number.POSITIVE_INFINITY), Float32Array.of(0), 2, scaleGrid([1, 1], 'tensor'))).toThrow(
    RangeError,
  );
});
