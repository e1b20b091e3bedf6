import { expect, test } from 'vitest';
import { lastBefore, valueAt } from '../shared/curve-points';
import { curveDomain, curvePath, logTicks, stepsOf, valueScale } from './curve-layout';

const a = { step: [10, 20, 30], value: [2, 1, 0.5] };

test('reads the point at a step or the next one', () => {
  expect([0, 10, 11, 30, 99].map((at) => valueAt(a, at))).toEqual([2, 2, 1, 0.5, 0.5]);
  expect(valueAt({ step: [], value: [] }, 1)).toBeNull();
  expect(valueAt({ step: [1], value: [Number.NaN] }, 1)).toBeNull();
});

test('reads the point at a step or the one before', () => {
  expect([0, 10, 29, 99].map((at) => lastBefore(a, at))).toEqual([null, 2, 1, 0.5]);
});

test('walks over the steps of both', () => {
  expect(stepsOf([a, { step: [15, 20], value: [1, 1] }])).toEqual([10, 15, 20, 30]);
});

test('holds all finite values', () => {
  const [low, high] = curveDomain([a, { step: [1], value: [Number.NaN] }], false) ?? [0, 0];
  expect(low).toBeLessThan(0.5);
  expect(high).toBeGreaterThan(2);
  expect(curveDomain([{ step: [1], value: [0] }], true)).toBeUndefined();
  const [from] = curveDomain([{ step: [1, 2], value: [0, 0.1] }], true) ?? [0];
  expect(from).toBeGreaterThan(0);
});

test('a logarithmic axis has its powers of ten evenly spaced', () => {
  const y = valueScale([0.01, 1], [100, 0], true);
  expect([0.01, 0.1, 1].map((v) => Math.round(y(v)))).toEqual([100, 50, 0]);
  expect(logTicks([0.04, 1.2])).toEqual([0.05, 0.1, 0.2, 0.5, 1]);
  expect(logTicks([1.6, 2.4])).toEqual([1.6, 1.8, 2, 2.2, 2.4]);
  expect(logTicks([1e-6, 1.5])).toEqual([1e-6, 1e-5, 1e-4, 0.001, 0.01, 0.1, 1]);
});

test('a gap where there is no value', () => {
  const path = curvePath(
    { step: [0, 1, 2, 3], value: [1, 2, Number.NaN, 4] },
    (s) => s,
    (v) => v,
  );
  expect(path).toBe('M0.0 1.0L1.0 2.0M3.0 4.0');
});
