import { expect, test } from 'vitest';
import { centroidReadout, centroids, clusterRange, clusterSummary } from './cluster-layout';

const before = { values: [-1, 0, 1.5, 2], counts: [5, 40, 4, 3] };
const now = { values: [-0.97, 0, 1.48, 1.96], counts: [5, 40, 4, 3] };

test('centroids are matched by rank; the 0 of pruned weights is none', () => {
  expect(centroids(now, before)).toEqual([
    { value: -0.97, weights: 5, before: -1 },
    { value: 1.48, weights: 4, before: 1.5 },
    { value: 1.96, weights: 3, before: 2 },
  ]);
  expect(centroids(now, null).map((one) => one.before)).toEqual([null, null, null]);
});

test('a centroid that has passed another is not matched', () => {
  const passed = { values: [-0.97, 0, 1.48, 1.96], counts: [5, 40, 3, 4] };
  expect(centroids(passed, before).map((one) => one.before)).toEqual([-1, null, null]);
});

test('range and words', () => {
  const list = centroids(now, before);
  expect(clusterRange({ min: -0.5, max: 2.5, counts: [] }, list)).toEqual([-1, 2.5]);
  expect(clusterSummary('fc1', list)).toBe('fc1: 12 weights share 3 values. Training moved them by up to 0.0400.');
  expect(centroidReadout(list[0]!)).toContain('it was');
});
