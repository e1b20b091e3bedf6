import { expect, test } from 'vitest';
import { type CodebookOptions, fitCodebooks } from './codebook';
import { levelCodes, midpoints } from './levels';
import { fillNormal } from './rng';
import { scaleGrid } from './scale-grid';

const options: CodebookOptions = { size: 4, fit: 'k-means', start: 'linear', zeroLevel: false, stream: { seed: 1, purpose: 5 } };

test('a book for each channel, fitted to its weights alone', () => {
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

test('finer books never have a larger error on the whole', () => {
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
