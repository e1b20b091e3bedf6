import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codeTicks, densityBins, histogramSummary, levelReadout, peakDensity, storedLevels, sum, weightDomain } from './histogram-layout';

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

  test('levels are sorted, carry their codes and compare with the latent density', () => {
    const levels = storedLevels(stored);
    expect(levels.map((l) => l.code)).toEqual([-1, 0, 1]);
    expect(levels[1]).toMatchObject({ value: 0, count: 4, share: 0.4 });
    expect(levels[1]!.density).toBeCloseTo(4);
  });
});

test('the domain holds the outer halves of the outer levels', () => {
  expect(weightDomain(latent, storedLevels(stored), 0.1)).toEqual([-0.3, 0.3]);
  expect(weightDomain({ min: 0, max: 0, counts: [5] }, [], 1)).toEqual([-1, 1]);
  const wide = storedLevels({ ...stored, scale: 0.5, values: [0.5, -0.5, 0] });
  expect(weightDomain(latent, wide, 0.5)).toEqual([-0.75, 0.75]);
});

test('code ticks keep their distance and hold zero', () => {
  const levels = (n: number) =>
    Array.from({ length: 2 * n + 1 }, (_, i) => ({ code: i - n, value: i - n, count: 1, share: 0, density: 0 }));
  expect(codeTicks(levels(3), 40, 20)).toEqual([-3, -2, -1, 0, 1, 2, 3]);
  expect(codeTicks(levels(7), 15, 20)).toEqual([-6, -4, -2, 0, 2, 4, 6]);
  expect(codeTicks(levels(127), 1.3, 24)).toEqual([-120, -100, -80, -60, -40, -20, 0, 20, 40, 60, 80, 100, 120]);
  expect(codeTicks([], 10, 20)).toEqual([]);
});

test('summaries', () => {
  expect(plain(histogramSummary(latent, stored))).toBe('3 levels of 2 bits; one step s = 0.100; 40 % of the 10 weights are stored as 0.');
  expect(plain(histogramSummary(latent, { ...stored, bits: 4, possible: 15 }))).toMatch(/^3 of 15 levels of 4 bits;/);
  expect(plain(histogramSummary(latent, null))).toBe('10 weights between −0.300 and 0.300, each stored as a 32-bit float.');
});

test('without a common step levels are as wide as halfway to their neighbours', () => {
  const uneven = { values: [1, -1, -0.5], counts: [2, 5, 3], bits: 2, scale: null, distinct: 3, possible: 4, zeros: 0 };
  const levels = storedLevels(uneven);
  expect(levels.map(({ code, value, density }) => [code, value, density])).toEqual([
    [null, -1, 0.5 / 0.5],
    [null, -0.5, 0.3 / 1],
    [null, 1, 0.2 / 1.5],
  ]);
  expect(codeTicks(levels, 40, 20)).toEqual([]);
  expect(plain(levelReadout(levels[0]!))).toBe('stored value −1.00 · 5 weights (50.0 %)');
  expect(plain(histogramSummary(latent, uneven))).toBe('3 of 4 levels of 2 bits; no common step; 0 % of the 10 weights are stored as 0.');
  expect(plain(histogramSummary(latent, { ...uneven, possible: null }))).toMatch(/^3 levels of 2 bits; several scales;/);
});

test('a layer of zeros has one level without width', () => {
  const zeros = { values: Float32Array.of(0), counts: Uint32Array.of(12), bits: 4, scale: 0, distinct: 1, possible: 15, zeros: 12 };
  expect(storedLevels(zeros)).toEqual([{ code: 0, value: 0, count: 12, share: 1, density: 0 }]);
});

describe('pruned weights', () => {
  test('in the sentence of a layer in full precision', () => {
    expect(plain(histogramSummary(latent, null, 90))).toBe(
      '90 of 100 weights are pruned; the others lie between −0.300 and 0.300. Each is stored as a 32-bit float, including zeros.',
    );
    expect(plain(histogramSummary({ ...latent, counts: [0] }, null, 90))).toMatch(/^90 of 90 weights are pruned\. Each/);
  });

  test('a level at 0 that stands far above the others is cut off, any other is not', () => {
    const bins = densityBins(latent);
    const many = storedLevels({ ...stored, counts: [3, 3, 94] });
    const { peak, cut } = peakDensity(bins, many);
    expect(cut?.value).toBe(0);
    expect(peak).toBeCloseTo(1.5 * Math.max(...bins.map((b) => b.density)));
    expect(peakDensity(bins, storedLevels(stored)).cut).toBeNull();
    expect(peakDensity(bins, []).peak).toBe(Math.max(...bins.map((b) => b.density)));
    expect(peakDensity([], []).peak).toBeGreaterThan(0);
  });
});
