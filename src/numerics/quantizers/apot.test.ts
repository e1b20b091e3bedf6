import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fillNormal } from '../random/rng';
import { scaleGrid } from '../scales/scale-grid';
import { apotClipGradient, apotLevels, apotStart, apotUnits } from './apot';
import { decodeLevels, levelCodes, midpoints } from './levels';

function rounded(values: readonly number[], bits: number, clip: number): number[] {
  const x = Float32Array.from(values);
  const grid = scaleGrid([x.length], 'tensor');
  const levels = apotLevels(apotUnits(bits), clip);
  return [...decodeLevels(levelCodes(x, midpoints(levels, levels.length), levels.length, grid), levels, levels.length, grid)];
}

const positive = (bits: number) => [...apotUnits(bits)].slice(2 ** (bits - 1));
const share = (of: number) => (numerator: number) => Math.fround(numerator / of);

describe('known answers', () => {
  test('the levels of 2 to 5 bits', () => {
    expect([...apotUnits(2)]).toEqual([-1, 0, 1]);
    // One term, 0, 1, 1/2 or 1/4.
    expect([...apotUnits(3)]).toEqual([-1, -0.5, -0.25, 0, 0.25, 0.5, 1]);
    // 0, 1, 1/2 or 1/8, and 0 or 1/4: the largest is 5/4.
    expect(positive(4)).toEqual([1, 2, 3, 4, 6, 8, 10].map(share(10)));
    // 0, 1, 1/4 or 1/16, and 0, 1/2, 1/8 or 1/32: the largest is 3/2.
    expect(positive(5)).toEqual([1, 2, 3, 4, 6, 8, 9, 12, 16, 18, 24, 32, 33, 36, 48].map(share(48)));
  });

  test('3 bits, α = 2: borders at 1/4, 3/4 and 3/2, and all beyond α becomes α', () => {
    expect(rounded([0.24, 0.26, -0.74, 0.76, 1.49, -1.51, 9], 3, 2)).toEqual([0, 0.5, -0.5, 1, 1, -2, 2]);
  });

  test('the gradient by α, by hand: level / α − w / α up to α, the sign beyond', () => {
    const by = (w: number) => apotClipGradient(Float32Array.of(w), 3, 2, Float32Array.of(10));
    const expected = [-10, 0, -1, -0.5, 2, 0, 10];
    for (const [i, w] of [-3, 0, 1.2, 0.1, 1.6, 2, 2.5].entries()) expect(by(w)).toBeCloseTo(expected[i]!, 5);
    const all = apotClipGradient(Float32Array.of(1.2, 2.5), 3, 2, Float32Array.of(10, -10));
    expect(all).toBeCloseTo(-11, 5);
  });

  test('α starts where the squared error is least', () => {
    const x = new Float32Array(20_000);
    fillNormal(x, 3, 1, 0);
    const error = (bits: number, clip: number) => rounded([...x], bits, clip).reduce((sum, v, i) => sum + (v - x[i]!) ** 2, 0);
    for (const [bits, deviations] of [[2, 1.224] as const, [3, 2.072] as const, [4, 2.628] as const, [5, 3.36] as const]) {
      const [start = 0] = apotStart(x, bits);
      expect(start / deviations).toBeCloseTo(1, 1);
      for (const factor of [0.96, 1.04]) expect(error(bits, start)).toBeLessThan(error(bits, start * factor));
    }
  });

  test('zeros stay zeros, and α stays above 0; other bits are refused', () => {
    const [start = 0] = apotStart(new Float32Array(3), 4);
    expect(start).toBeGreaterThan(0);
    expect(rounded([0, 0, 0], 4, start)).toEqual([0, 0, 0]);
    for (const bits of [1, 6, 2.5]) expect(() => apotUnits(bits)).toThrow(`Additive powers of two have 2 to 5 bits, not ${bits}.`);
  });
});

const someBits = fc.integer({ min: 2, max: 5 });
const someClip = fc.float({ min: Math.fround(1e-3), max: 100, noNaN: true });
const someWeights = fc.array(fc.float({ min: -4, max: 4, noNaN: true }), { minLength: 1, maxLength: 20 });

describe('properties', () => {
  test('2^b − 1 levels, ascending, symmetric, from −α to α', () => {
    fc.assert(
      fc.property(someBits, someClip, (bits, clip) => {
        const levels = apotLevels(apotUnits(bits), clip);
        expect(levels.length).toBe(2 ** bits - 1);
        expect(levels.at(-1)).toBe(clip);
        for (const [i, level] of levels.entries()) {
          expect(levels[levels.length - 1 - i]).toBe(0 - level);
          if (i > 0) expect(level).toBeGreaterThan(levels[i - 1]!);
        }
      }),
    );
  });

  test('rounding preserves signs and order; rounded values stay as they are', () => {
    fc.assert(
      fc.property(someBits, someClip, someWeights, (bits, clip, w) => {
        const once = rounded(w, bits, clip);
        w.forEach((value, i) => {
          expect(once[i]! * value).toBeGreaterThanOrEqual(0);
          w.forEach((other, j) => {
            if (other > value) expect(once[j]!).toBeGreaterThanOrEqual(once[i]!);
          });
        });
        expect(rounded(once, bits, clip)).toEqual(once);
      }),
    );
  });

  test('where everything is clipped, the gradient by α is the true one', () => {
    fc.assert(
      fc.property(someBits, someWeights, (bits, w) => {
        const far = Float32Array.from(w, (v) => (v >= 0 ? 1e4 : -1e4));
        const dy = far.map((_, i) => Math.cos(i));
        const at = (clip: number) => rounded([...far], bits, clip).reduce((sum, v, i) => sum + v * dy[i]!, 0);
        expect(apotClipGradient(far, bits, 2, dy)).toBeCloseTo((at(2.25) - at(1.75)) / 0.5, 4);
      }),
    );
  });

  test('inside, it is what rounding adds to the weights, over α', () => {
    fc.assert(
      fc.property(someBits, fc.array(fc.float({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 20 }), (bits, w) => {
        const inside = w.map((v) => v * 2);
        const dy = Float32Array.from(inside, (_, i) => Math.cos(i));
        const added = rounded(inside, bits, 2).reduce((sum, v, i) => sum + ((v - inside[i]!) / 2) * dy[i]!, 0);
        expect(apotClipGradient(Float32Array.from(inside), bits, 2, dy)).toBeCloseTo(added, 4);
      }),
    );
  });
});
