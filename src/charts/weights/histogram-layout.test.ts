import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  codeTicks,
  densityBins,
  histogramSummary,
  labelledLevels,
  levelReadout,
  shareAxis,
  storedLevels,
  sum,
  weightDomain,
} from './histogram-layout';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');
const latent = { min: -0.3, max: 0.3, counts: [1, 2, 4, 2, 1, 0] };
const stored = { values: [0.1, -0.1, 0], counts: [3, 3, 4], bits: 2, scale: 0.1, distinct: 3, possible: 3, zeros: 4 };

describe('densities', () => {
  test('known bins', () => {
    const bins = densityBins(latent);
    expect(bins).toHaveLength(6);
    expect(bins[2]!.from).toBeCloseTo(-0.1);
    expect(bins[2]!.density).toBeCloseTo(0.4 / 0.1);
  });

  test('the area is one', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(1000), { minLength: 1, maxLength: 80 }),
        fc.double({ min: 0.01, max: 9, noNaN: true }),
        (counts, width) => {
          fc.pre(sum(counts) > 0);
          const bins = densityBins({ min: -width, max: width, counts });
          expect(bins.reduce((area, b) => area + b.density * (b.to - b.from), 0)).toBeCloseTo(1, 9);
        },
      ),
    );
  });

  test('levels are sorted and carry their codes and shares', () => {
    const levels = storedLevels(stored);
    expect(levels.map((l) => l.code)).toEqual([-1, 0, 1]);
    expect(levels[1]).toMatchObject({ value: 0, count: 4, share: 0.4 });
  });
});

test('the domain holds the outer halves of the outer levels', () => {
  expect(weightDomain(latent, storedLevels(stored), 0.1)).toEqual([-0.3, 0.3]);
  expect(weightDomain({ min: 0, max: 0, counts: [5] }, [], 1)).toEqual([-1, 1]);
  const wide = storedLevels({ ...stored, scale: 0.5, values: [0.5, -0.5, 0] });
  expect(weightDomain(latent, wide, 0.5)).toEqual([-0.75, 0.75]);
});

test('code ticks keep their distance and hold zero', () => {
  const levels = (n: number) => Array.from({ length: 2 * n + 1 }, (_, i) => ({ code: i - n, value: i - n, count: 1, share: 0 }));
  expect(codeTicks(levels(3), 40, 20)).toEqual([-3, -2, -1, 0, 1, 2, 3]);
  expect(codeTicks(levels(7), 15, 20)).toEqual([-6, -4, -2, 0, 2, 4, 6]);
  expect(codeTicks(levels(127), 1.3, 24)).toEqual([-120, -100, -80, -60, -40, -20, 0, 20, 40, 60, 80, 100, 120]);
  expect(codeTicks([], 10, 20)).toEqual([]);
});

test('summaries', () => {
  expect(plain(histogramSummary(latent, stored))).toBe(
    'All 3 possible values of 2 bits, 0.100 apart; 40 % of the 10 weights are 0 in the file.',
  );
  expect(plain(histogramSummary(latent, { ...stored, bits: 4, possible: 15 }))).toMatch(/^3 of the 15 possible values of 4 bits, /);
  expect(plain(histogramSummary(latent, null))).toBe('10 weights between −0.300 and 0.300, each stored as a 32-bit float.');
});

test('without a common step there are no codes', () => {
  const uneven = { values: [1, -1, -0.5], counts: [2, 5, 3], bits: 2, scale: null, distinct: 3, possible: 4, zeros: 0 };
  const levels = storedLevels(uneven);
  expect(levels.map(({ code, value, share }) => [code, value, share])).toEqual([
    [null, -1, 0.5],
    [null, -0.5, 0.3],
    [null, 1, 0.2],
  ]);
  expect(codeTicks(levels, 40, 20)).toEqual([]);
  expect(plain(levelReadout(levels[0]!))).toBe('value in the file −1.00 · 5 weights (50.0 %)');
  expect(plain(histogramSummary(latent, uneven))).toBe(
    '3 of the 4 possible values of 2 bits, not evenly spaced; 0 % of the 10 weights are 0 in the file.',
  );
  expect(plain(histogramSummary(latent, { ...uneven, possible: null }))).toMatch(/^3 values of 2 bits, with several scales;/);
});

describe('shares', () => {
  const of = (...shares: number[]) => shares.map((share, i) => ({ code: i, value: i, count: 1, share }));

  test('end at all weights where one value has more than half of them: 99 % is longer than 65 %', () => {
    expect(shareAxis(of(0.99, 0.005)).top).toBe(1);
    expect(shareAxis(of(0.65, 0.2)).top).toBe(1);
    expect(shareAxis(of(0.5, 0.5)).top).toBe(0.5);
    expect(shareAxis(of(0.013, 0.01)).top).toBe(0.02);
    expect(shareAxis([]).top).toBeGreaterThan(0);
  });

  test('never leave the axis', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 20 }), (shares) => {
        expect(shareAxis(of(...shares)).top).toBeGreaterThanOrEqual(Math.max(0, ...shares));
      }),
    );
  });

  test('are written over every bar, or over the largest', () => {
    expect([...labelledLevels(of(0.2, 0.6, 0.2), 60)]).toEqual([0, 1, 2]);
    expect([...labelledLevels(of(0.2, 0.6, 0.2), 10)]).toEqual([1]);
    expect([...labelledLevels([], 10)]).toEqual([]);
  });
});

test('a layer of zeros has one level without width', () => {
  const zeros = { values: Float32Array.of(0), counts: Uint32Array.of(12), bits: 4, scale: 0, distinct: 1, possible: 15, zeros: 12 };
  expect(storedLevels(zeros)).toEqual([{ code: 0, value: 0, count: 12, share: 1 }]);
});

describe('pruned weights', () => {
  test('in the sentence of a layer in full precision', () => {
    expect(plain(histogramSummary(latent, null, 90))).toBe(
      '90 of 100 weights are pruned; the others lie between −0.300 and 0.300. Each is stored as a 32-bit float, including zeros.',
    );
    expect(plain(histogramSummary({ ...latent, counts: [0] }, null, 90))).toMatch(/^90 of 90 weights are pruned\. Each/);
  });
});
