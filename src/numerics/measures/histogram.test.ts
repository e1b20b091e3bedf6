import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distinctLevels, entropy, histogram, range } from './histogram';

const numbers = fc.array(fc.float({ min: -100, max: 100, noNaN: true }), { maxLength: 80 }).map((list) => Float32Array.from(list));

describe('histogram', () => {
  it('puts edges into the bin above, the maximum into the last, outliers into the ends', () => {
    const values = Float32Array.of(0, 0.24, 0.25, 0.5, 0.99, 1, -5, 7, Number.NaN);
    expect([...histogram(values, 0, 1, 4)]).toEqual([3, 1, 1, 3]);
  });

  it('puts everything into the first bin of an empty range', () => {
    expect([...histogram(Float32Array.of(2, 2, 2), 2, 2, 3)]).toEqual([3, 0, 0]);
  });

  it('counts every value once', () => {
    fc.assert(
      fc.property(
        numbers,
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: -50, max: 0 }),
        fc.integer({ min: 0, max: 50 }),
        (x, bins, a, b) => {
          const counts = histogram(x, a, b, bins);
          expect(counts.length).toBe(bins);
          expect(counts.reduce((sum, count) => sum + count, 0)).toBe(x.length);
        },
      ),
    );
  });

  it('mirrors when the values do, off the edges', () => {
    const x = Float32Array.of(-0.9, -0.3, 0.1, 0.2, 0.7);
    const mirrored = histogram(
      x.map((value) => -value),
      -1,
      1,
      5,
    );
    expect([...mirrored]).toEqual([...histogram(x, -1, 1, 5)].reverse());
  });

  it('refuses what has no bins or no range', () => {
    const x = Float32Array.of(1);
    expect(() => histogram(x, 0, 1, 0)).toThrow(RangeError);
    expect(() => histogram(x, 1, 0, 3)).toThrow(RangeError);
    expect(() => histogram(x, 0, Number.POSITIVE_INFINITY, 3)).toThrow(RangeError);
  });
});

describe('range', () => {
  it('finds the ends and ignores NaN', () => {
    expect(range(Float32Array.of(1, Number.NaN, -2, 0.5))).toEqual({ min: -2, max: 1 });
    expect(range(new Float32Array())).toEqual({ min: 0, max: 0 });
  });
});

describe('distinctLevels', () => {
  it('sorts the levels and counts them; -0 is 0', () => {
    const { values, counts } = distinctLevels(Float32Array.of(0.5, -1, 0, -0, 0.5, 0.5));
    expect([...values]).toEqual([-1, 0, 0.5]);
    expect([...counts]).toEqual([1, 2, 3]);
    expect([...distinctLevels(Int32Array.of(3, -7, 3)).values]).toEqual([-7, 3]);
  });

  it('counts integers in a table or, if they lie far apart, in a map, with the same result', () => {
    const codes = Int32Array.of(-8, 7, 7, 0, -8, 7);
    const far = distinctLevels(Int32Array.of(...codes, 2 ** 30));
    const near = distinctLevels(codes);
    expect([...near.values]).toEqual([-8, 0, 7]);
    expect([...near.counts]).toEqual([2, 1, 3]);
    expect([...far.values]).toEqual([-8, 0, 7, 2 ** 30]);
    expect([...far.counts]).toEqual([2, 1, 3, 1]);
    expect(distinctLevels(new Int32Array()).values.length).toBe(0);
  });

  it('has strictly ascending values whose counts sum to the length', () => {
    fc.assert(
      fc.property(numbers, (x) => {
        const { values, counts } = distinctLevels(x);
        for (let i = 1; i < values.length; i++) expect(values[i]).toBeGreaterThan(values[i - 1] as number);
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(x.length);
      }),
    );
  });
});

it.each([
  [[1, 1], 1],
  [[5, 5, 5, 5], 2],
  [[4, 2, 1, 1], 1.75],
  [[7], 0],
  [[7, 0, 0], 0],
  [[], 0],
])('of counts %j is %d bits', (counts, expected) => {
  expect(entropy(counts)).toBeCloseTo(expected, 12);
});

it('lies between 0 and log2 of the number of symbols, and does not depend on their order or scale', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(1000), { minLength: 1, maxLength: 40 }), (counts) => {
      const bits = entropy(counts);
      expect(bits).toBeGreaterThanOrEqual(0);
      expect(bits).toBeLessThanOrEqual(Math.log2(counts.length) + 1e-9);
      expect(entropy(counts.toReversed().map((count) => count * 3))).toBeCloseTo(bits, 9);
    }),
  );
});
