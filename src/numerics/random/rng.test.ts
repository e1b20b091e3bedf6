import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { drawSeed, fillNormal, fillUniform, Purpose, permutation, threefry2x32 } from './rng';

const u32 = fc.integer({ min: 0, max: 0xffffffff });

describe('threefry2x32', () => {
  // Known answers of the Random123 distribution, 20 rounds.
  it.each([
    { key: [0, 0], counter: [0, 0], expected: [0x6b200159, 0x99ba4efe] },
    { key: [0xffffffff, 0xffffffff], counter: [0xffffffff, 0xffffffff], expected: [0x1cb996fc, 0xbb002be7] },
    { key: [0x13198a2e, 0x03707344], counter: [0x243f6a88, 0x85a308d3], expected: [0xc4923a9c, 0x483df7a0] },
  ] as const)('key $key, counter $counter', ({ key, counter, expected }) => {
    expect(threefry2x32(key[0], key[1], counter[0], counter[1])).toEqual(expected);
  });

  it('returns unsigned words and takes its arguments modulo 2^32', () => {
    fc.assert(
      fc.property(u32, u32, u32, u32, (k0, k1, c0, c1) => {
        const words = threefry2x32(k0, k1, c0, c1);
        for (const word of words) {
          expect(Number.isInteger(word)).toBe(true);
          expect(word).toBeGreaterThanOrEqual(0);
          expect(word).toBeLessThan(2 ** 32);
        }
        expect(threefry2x32(k0 | 0, k1 | 0, c0 | 0, c1 | 0)).toEqual(words);
      }),
    );
  });

  it('is a bijection of the counter for a fixed key: no two counters collide', () => {
    const seen = new Set<number>();
    for (let i = 0; i < 2000; i++) {
      const [a, b] = threefry2x32(7, 1, 0, i);
      seen.add(a * 2 ** 20 + (b >>> 12));
    }
    expect(seen.size).toBe(2000);
  });
});

describe('fillUniform', () => {
  it('is the top 24 bits of the first word, index by index', () => {
    const out = new Float32Array(5);
    fillUniform(out, 3, Purpose.init, 9);
    out.forEach((value, i) => {
      expect(value).toBe((threefry2x32(3, Purpose.init, 9, i)[0] >>> 8) * 2 ** -24);
    });
  });

  it('is a prefix-stable stream in [0, 1), different for every key word', () => {
    fc.assert(
      fc.property(u32, u32, u32, fc.integer({ min: 4, max: 60 }), (seed, purpose, step, n) => {
        const long = new Float32Array(n);
        const short = new Float32Array(n - 2);
        fillUniform(long, seed, purpose, step);
        fillUniform(short, seed, purpose, step);
        expect(long.subarray(0, n - 2)).toEqual(short);
        expect(long.every((x) => x >= 0 && x < 1)).toBe(true);
        for (const key of [
          [seed ^ 1, purpose, step],
          [seed, purpose ^ 1, step],
          [seed, purpose, step ^ 1],
        ] as const) {
          const other = new Float32Array(n);
          fillUniform(other, ...key);
          expect(other).not.toEqual(long);
        }
      }),
    );
  });

  it('has the mean, variance and lag-one correlation of a uniform sample', () => {
    const n = 200_000;
    const out = new Float32Array(n);
    fillUniform(out, 1, Purpose.noise, 0);
    let sum = 0;
    let squares = 0;
    let lag = 0;
    for (let i = 0; i < n; i++) {
      const x = (out[i] as number) - 0.5;
      sum += x;
      squares += x * x;
      if (i > 0) lag += x * ((out[i - 1] as number) - 0.5);
    }
    // Five standard errors.
    expect(Math.abs(sum / n)).toBeLessThan(5 * Math.sqrt(1 / 12 / n));
    expect(Math.abs(squares / n - 1 / 12)).toBeLessThan(5 * Math.sqrt(1 / 180 / n));
    expect(Math.abs(lag / n)).toBeLessThan((5 * (1 / 12)) / Math.sqrt(n));
  });
});

describe('fillNormal', () => {
  it('has the first four moments of a standard normal sample', () => {
    const n = 200_000;
    const out = new Float32Array(n);
    fillNormal(out, 5, Purpose.init, 2);
    const moment = (power: number) => out.reduce((a, x) => a + x ** power, 0) / n;
    // Five standard errors: the variances of x, x², x³ and x⁴ are 1, 2, 15 and 96.
    expect(Math.abs(moment(1))).toBeLessThan(5 * Math.sqrt(1 / n));
    expect(Math.abs(moment(2) - 1)).toBeLessThan(5 * Math.sqrt(2 / n));
    expect(Math.abs(moment(3))).toBeLessThan(5 * Math.sqrt(15 / n));
    expect(Math.abs(moment(4) - 3)).toBeLessThan(5 * Math.sqrt(96 / n));
    expect(out.every((x) => Math.abs(x) < 5.77)).toBe(true);
  });
});

describe('permutation', () => {
  it('holds every index once and is reproducible', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300 }), u32, u32, u32, (count, seed, purpose, step) => {
        const order = permutation(count, seed, purpose, step);
        expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i));
        expect(permutation(count, seed, purpose, step)).toEqual(order);
      }),
    );
  });

  it('gives the 24 orders of four things equally often (chi-square, 23 degrees of freedom)', () => {
    const counts = new Map<string, number>();
    const draws = 12_000;
    for (let step = 0; step < draws; step++) {
      const key = permutation(4, 11, Purpose.order, step).join('');
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    const expected = draws / 24;
    let chiSquare = 0;
    for (const count of counts.values()) chiSquare += (count - expected) ** 2 / expected;
    expect(counts.size).toBe(24);
    // The 99.99 % point is 54.
    expect(chiSquare).toBeLessThan(54);
  });
});

test('the first draw has the seed itself, the others have seeds of 32 bits of their own', () => {
  expect(drawSeed(42, 1)).toBe(42);
  expect(drawSeed(0, 2)).toBe(0x9e3779b9);
  const seeds = Array.from({ length: 1000 }, (_, i) => drawSeed(2 ** 32 - 1, i + 1));
  expect(new Set(seeds).size).toBe(1000);
  for (const seed of seeds) expect(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32).toBe(true);
});
