import fc from 'fast-check';
import { expect, test } from 'vitest';
import { numericalGradient } from '../testing/finite-differences';
import { sinePenalty, sinePenaltyBitSlope, sinePenaltySlope, waveBits } from './sine-penalty';

// Evenly spread, which doubles of fast-check are not.
const weight = fc.integer({ min: -1_000_000, max: 1_000_000 }).map((n) => n / 1_000_000);
const beta = fc.integer({ min: 1000, max: 4000 }).map((n) => n / 1000);

test('by hand: β = 1 and w = 1/2 is the top of the wave; β = 2 has waves of a third', () => {
  expect(sinePenalty([0.5], 1)).toBeCloseTo(1 / 2, 12);
  expect(sinePenalty([1 / 6, 0.5, -1 / 6], 2)).toBeCloseTo(3 / 4, 12);
  expect(sinePenaltySlope(1 / 12, 2)).toBeCloseTo((Math.PI * 3) / 4, 12);
});

test('it is 0, and flat, exactly at the values of the quantizer: multiples of 1 / (2^β − 1)', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 7 }), fc.integer({ min: -127, max: 127 }), (bits, k) => {
      const waves = 2 ** bits - 1;
      fc.pre(Math.abs(k) <= waves);
      expect(sinePenalty([k / waves], bits)).toBeLessThan(1e-20);
      expect(sinePenaltySlope(k / waves, bits)).toBeCloseTo(0, 9);
    }),
  );
});

test('off the values it pushes towards the nearest one', () => {
  fc.assert(
    fc.property(weight, fc.integer({ min: 1, max: 4 }), (w, bits) => {
      const waves = 2 ** bits - 1;
      const off = w * waves - Math.round(w * waves);
      fc.pre(Math.abs(off) > 1e-3 && Math.abs(off) < 0.499);
      expect(sinePenalty([w], bits)).toBeGreaterThan(0);
      // Descent goes against the slope.
      expect(Math.sign(sinePenaltySlope(w, bits))).toBe(Math.sign(off));
    }),
  );
});

test('slopes by the weights and by the bits are those of finite differences', () => {
  fc.assert(
    fc.property(fc.array(weight, { minLength: 1, maxLength: 6 }), beta, (list, b) => {
      const values = Float64Array.from(list);
      const found = values.map((w) => sinePenaltySlope(w, b));
      const expected = numericalGradient((x) => sinePenalty(x, b), values);
      for (const [i, slope] of expected.entries()) expect(found[i]).toBeCloseTo(slope, 5);
      const byBits = numericalGradient(([v]) => sinePenalty(values, v as number), Float64Array.of(b))[0];
      expect(sinePenaltyBitSlope(values, b)).toBeCloseTo(byBits as number, 4);
    }),
  );
});

test('the file stores the magnitude’s bits, rounded up, and a sign', () => {
  expect([1, 1.01, 2, 2.9].map(waveBits)).toEqual([2, 3, 3, 4]);
});
