import { expect, test } from 'vitest';
import { fixedPointGrid, integerFormat } from '../../numerics/formats/fixed-point';
import { drawMany, neighboursOf, upProbability } from './rounding-draws';

const whole = fixedPointGrid(integerFormat(8));

test('1.7 lies between 1 and 2, and goes up as its rounding says', () => {
  const x = Math.fround(1.7);
  expect(neighboursOf(x, whole)).toMatchObject({ low: 1, high: 2 });
  expect(upProbability(x, whole, 'stochastic')).toBeCloseTo(0.7, 6);
  expect(upProbability(x, whole, 'stochastic-half')).toBe(0.5);
  expect(upProbability(x, whole, 'nearest-even')).toBe(1);
  expect(upProbability(x, whole, 'toward-zero')).toBe(0);
  expect(upProbability(2, whole, 'ceil')).toBe(0);
});

test('draws have the mean and variance of theory', () => {
  for (const x of [1.7, -1.7]) {
    const { mean, variance, count } = drawMany(Math.fround(x), whole, 'stochastic', 10_000, 1);
    expect(count).toBe(10_000);
    expect(Math.abs(mean - x)).toBeLessThan(0.02);
    expect(Math.abs(variance - 0.21)).toBeLessThan(0.01);
  }
  expect(drawMany(2, whole, 'stochastic', 100, 1)).toEqual({ ups: 0, count: 100, mean: 2, variance: 0 });
});
