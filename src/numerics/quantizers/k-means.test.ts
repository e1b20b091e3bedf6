import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fillNormal } from '../random/rng';
import { scaleGrid } from '../scales/scale-grid';
import { type CodebookOptions, centroidGradients, clusterStarts, fitCodebooks, kMeans, quantileLevels } from './k-means';
import { decodeLevels, levelCodes, midpoints } from './levels';

// The weights and the gradient of Deep Compression's figure 3.
const weights = Float32Array.of(2.09, -0.98, 1.48, 0.09, 0.05, -0.14, -1.08, 2.12, -0.91, 1.92, 0, -1.03, 1.87, 0, 1.53, 1.49);
const gradient = Float32Array.of(-0.03, -0.01, 0.03, 0.02, -0.01, 0.01, -0.02, 0.12, -0.01, 0.02, 0.04, 0.01, -0.07, -0.02, 0.01, -0.02);
const tensor = scaleGrid([16, 1], 'tensor');

describe('figure 3 of Deep Compression', () => {
  test.each(clusterStarts.filter((start) => start !== 'random'))('%s start: centroids −1, 0, 1.5, 2', (start) => {
    const levels = kMeans(weights, 4, start);
    for (const [i, expected] of [-1, 0, 1.5, 2].entries()) expect(levels[i]).toBeCloseTo(expected, 6);
    expect([...levelCodes(weights, midpoints(levels, 4), 4, tensor)]).toEqual([3, 0, 2, 1, 1, 1, 0, 3, 0, 3, 1, 0, 3, 1, 2, 2]);
  });

  test('the gradient of a centroid is the sum of its weights’: −0.97, −0.04, 1.48, 1.96 after a step of 1', () => {
    const codes = levelCodes(weights, midpoints(Float32Array.of(-1, 0, 1.5, 2), 4), 4, tensor);
    const moved = centroidGradients(gradient, codes, 4).map((sum, k) => [-1, 0, 1.5, 2][k]! - sum);
    for (const [i, expected] of [-0.97, -0.04, 1.48, 1.96].entries()) expect(moved[i]).toBeCloseTo(expected, 6);
  });
});

const values = fc.array(fc.float({ min: -5, max: 5, noNaN: true }), { minLength: 1, maxLength: 60 }).map((list) => Float32Array.from(list));

function squaredError(x: Float32Array, levels: Float32Array): number {
  const grid = scaleGrid([x.length, 1], 'tensor');
  const codes = levelCodes(x, midpoints(levels, levels.length), levels.length, grid);
  return decodeLevels(codes, levels, levels.length, grid).reduce((sum, v, i) => sum + (v - x[i]!) ** 2, 0);
}

describe('k-means', () => {
  test('ends where every centroid is the mean of its cluster, in ascending order', () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 8 }), fc.constantFrom(...clusterStarts), (x, k, start) => {
        const levels = kMeans(x, k, start, { seed: 3, purpose: 5 });
        expect(levels).toEqual(levels.slice().sort());
        const codes = levelCodes(x, midpoints(levels, k), k, scaleGrid([x.length, 1], 'tensor'));
        for (let cluster = 0; cluster < k; cluster++) {
          const members = x.filter((_, i) => codes[i] === cluster);
          if (members.length === 0) continue;
          expect(levels[cluster]).toBeCloseTo(members.reduce((sum, v) => sum + v, 0) / members.length, 4);
        }
      }),
    );
  });

  test('is exact when there are as many clusters as different values, from equal shares', () => {
    const x = Float32Array.of(-3, -3, -1, -1, 0, 0, 7, 7);
    expect([...kMeans(x, 4, 'density')]).toEqual([-3, -1, 0, 7]);
  });

  test('does not do worse than equal steps, and better than quantiles, on normal weights', () => {
    const x = new Float32Array(5000);
    fillNormal(x, 1, 1, 0);
    for (const k of [4, 16]) {
      const best = squaredError(x, kMeans(x, k, 'linear'));
      expect(best).toBeLessThan(
        squaredError(
          x,
          Float32Array.from({ length: k }, (_, i) => -4 + (8 * (i + 0.5)) / k),
        ),
      );
      expect(best).toBeLessThan(squaredError(x, quantileLevels(x, k)));
    }
  });

  test('the same stream gives the same random start; one value fills every cluster', () => {
    const stream = { seed: 9, purpose: 5 };
    expect(kMeans(weights, 6, 'random', stream)).toEqual(kMeans(weights, 6, 'random', stream));
    for (const start of clusterStarts) expect([...kMeans(Float32Array.of(0.5), 4, start)]).toEqual([0.5, 0.5, 0.5, 0.5]);
  });

  test('also of a large layer every level is the mean of the values nearest to it', () => {
    const x = new Float32Array(235_200);
    fillNormal(x, 1, 1, 0);
    const levels = [...kMeans(x, 256, 'linear')].sort((a, b) => a - b);
    const [sums, counts] = [new Float64Array(256), new Float64Array(256)];
    const borders = levels.slice(1).map((level, i) => (level + levels[i]!) / 2);
    for (const value of x) {
      let at = 0;
      while (at < 255 && value > borders[at]!) at++;
      sums[at]! += value;
      counts[at]! += 1;
    }
    // An empty cluster keeps its centroid: between the widest values of a normal sample there are some.
    const full = levels.flatMap((level, i) => (counts[i] === 0 ? [] : [[sums[i]! / counts[i]!, level] as const]));
    expect(full.length).toBeGreaterThan(240);
    for (const [mean, level] of full) expect(mean).toBeCloseTo(level, 3);
  });
});

test('quantile levels have equal shares of the values', () => {
  expect([...quantileLevels(Float32Array.of(4, 1, 3, 2, 8, 7, 6, 5), 4)]).toEqual([1.5, 3.5, 5.5, 7.5]);
  expect([...quantileLevels(Float32Array.of(1, 2, 3), 1)]).toEqual([2]);
});

test('no values, or one that is not finite, are refused', () => {
  expect(() => kMeans(new Float32Array(0), 2, 'linear')).toThrow('There are no values to put into clusters.');
  expect(() => quantileLevels(Float32Array.of(Number.NaN), 2)).toThrow(RangeError);
});

const options: CodebookOptions = { size: 4, fit: 'k-means', start: 'linear', zeroLevel: false, stream: { seed: 1, purpose: 5 } };

test('a codebook for each channel, fitted to its weights alone', () => {
  const levels = fitCodebooks(Float32Array.of(1, -8, 2, -4, 3, 4, 4, 8), scaleGrid([4, 2], 'channel'), options);
  expect([...levels]).toEqual([1, 2, 3, 4, -8, -4, 4, 8]);
});

test('a level for zero keeps pruned weights at zero and does not pull the others', () => {
  const pruned = Float32Array.of(0, 0, 0, 0, 0, 0.9, 1.1, -1, 3, 0, 0);
  const levels = fitCodebooks(pruned, scaleGrid([11, 1], 'tensor'), { ...options, zeroLevel: true });
  expect([...levels]).toEqual([-1, 0, 1, 3]);
  const codes = levelCodes(pruned, midpoints(levels, 4), 4, scaleGrid([11, 1], 'tensor'));
  expect([...codes].map((code) => levels[code])).toEqual([0, 0, 0, 0, 0, 1, 1, -1, 3, 0, 0]);
  expect([...fitCodebooks(new Float32Array(3), scaleGrid([3, 1], 'tensor'), { ...options, zeroLevel: true })]).toEqual([0, 0, 0, 0]);
});

test('finer codebooks never have a larger error on the whole', () => {
  const weights = new Float32Array(1200);
  fillNormal(weights, 1, 1, 0);
  for (let i = 0; i < weights.length; i++) weights[i] = weights[i]! * (1 + (i % 4));
  const error = (granularity: 'tensor' | 'channel') => {
    const grid = scaleGrid([300, 4], granularity);
    const levels = fitCodebooks(weights, grid, { ...options, start: 'density' });
    const codes = levelCodes(weights, midpoints(levels, 4), 4, grid);
    return codes.reduce((sum, code, i) => sum + (weights[i]! - levels[(granularity === 'tensor' ? 0 : (i % 4) * 4) + code]!) ** 2, 0);
  };
  expect(error('channel')).toBeLessThan(error('tensor'));
});
