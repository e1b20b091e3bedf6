import { describe, expect, it } from 'vitest';
import { type Descent, descend, neighbours, outcome } from './low-precision-descent';

const run = (settings: Partial<Descent>) =>
  outcome(descend({ x0: 1, rate: 0.1, format: 'e5m2', rounding: 'nearest-even', rounded: 'all', steps: 200, ...settings }));

describe('e5m2 from x = 1', () => {
  it.each([
    [0.05, 512, 7],
    [0.1, 768, 6],
    [0.2, 896, 4],
    [0.25, 1024, 4],
    [0.01, 128, 7],
  ])('rate %d: rounding to nearest ends at %d after %d steps', (rate, x, fixedAfter) => {
    expect(run({ rate })).toEqual({ x, fixedAfter });
  });

  it('with only the stored x rounded, rate 0.01 ends at 256 after 11 steps', () => {
    expect(run({ rate: 0.01, rounded: 'stored' })).toEqual({ x: 256, fixedAfter: 11 });
  });

  it.each([0.05, 0.1, 0.2, 0.25])('rate %d: stochastic rounding is at 1024 after 200 steps, in all of 200 runs', (rate) => {
    for (let seed = 0; seed < 200; seed++) expect(run({ rate, rounding: 'stochastic', seed }).x).toBe(1024);
  });

  it('rate 0.01: stochastic rounding ends at 1001 on average, in 83 of 100 runs at 1024', () => {
    const ends = Array.from({ length: 200 }, (_, seed) => run({ rate: 0.01, rounding: 'stochastic', seed }).x);
    // Standard deviations of the mean and of the share over 200 runs: 4 and 0.027.
    expect(Math.abs(ends.reduce((a, b) => a + b, 0) / 200 - 1001)).toBeLessThan(15);
    expect(Math.abs(ends.filter((x) => x === 1024).length / 200 - 0.83)).toBeLessThan(0.09);
  });
});

it('float32 gets there', () => {
  expect(run({ format: 'fp32', steps: 2000 }).x).toBeCloseTo(1024, 2);
});

it('in bfloat16 256 + 1 is 256', () => {
  const [step] = descend({ x0: 256, rate: 1 / 1536, format: 'bf16', rounding: 'nearest-even', rounded: 'stored', steps: 1 });
  expect(step).toMatchObject({ x: 256, update: -1, exact: 257, next: 256 });
});

it('neighbours of 1024 in e5m2 are 896 and 1280, of 1280 are 1024 and 1536', () => {
  expect(neighbours(1024, 'e5m2')).toEqual({ below: 128, above: 256 });
  expect(neighbours(1280, 'e5m2')).toEqual({ below: 256, above: 256 });
  expect(neighbours(-1024, 'e5m2')).toEqual({ below: 256, above: 128 });
  expect(neighbours(0, 'e5m2')).toEqual({ below: 2 ** -16, above: 2 ** -16 });
});
