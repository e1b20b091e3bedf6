import fc from 'fast-check';
import { expect, test } from 'vitest';
import { moveToward, proxBinary } from './annealed';

/** Evenly spread, which floats of fast-check are not. */
const spread = (min: number, max: number) => fc.integer({ min: min * 1e5, max: max * 1e5 }).map((n) => Math.fround(n / 1e5));
const weight = spread(-4, 4);
const strength = spread(0, 3);
const alpha = spread(0.01, 2);
const sign = (w: number) => (w >= 0 ? 1 : -1);

test('binary, by hand: |w| moves by λ towards 1 and stops there', () => {
  const prox = [0.5, 0.9, 1.5, -0.5, -3, 0].map((w) => proxBinary(w, 0.25));
  expect(prox).toEqual([0.75, 1, 1.25, -0.75, -2.75, 0.25]);
});

test('binary: λ = 0 changes nothing, to the bit; λ ≥ 1 makes a weight in [-1, 1] its sign', () => {
  fc.assert(
    fc.property(weight, alpha, (w, a) => {
      expect(proxBinary(w, 0, a)).toBe(w + 0 === 0 ? Math.abs(w) : w);
      const inside = Math.max(-1, Math.min(1, w));
      expect(proxBinary(inside, 1)).toBe(sign(inside));
      expect(proxBinary(inside, 2.5)).toBe(sign(inside));
    }),
  );
});

test('binary: it is the published formula, sign(w) (1 + sign(|w| − 1) max(||w| − 1| − λ, 0))', () => {
  fc.assert(
    fc.property(weight, strength, (w, lambda) => {
      const away = Math.abs(w) - 1;
      const published = sign(w) * (1 + Math.sign(away) * Math.max(Math.abs(away) - lambda, 0));
      expect(proxBinary(w, lambda)).toBeCloseTo(published, 5);
    }),
  );
});

test('binary: nothing nearby has a smaller λ ||v| − α| + (v − w)² / 2', () => {
  fc.assert(
    fc.property(weight, strength, alpha, spread(-0.5, 0.5), (w, lambda, a, off) => {
      const objective = (v: number) => lambda * Math.abs(Math.abs(v) - a) + (v - w) ** 2 / 2;
      const found = proxBinary(w, lambda, a);
      expect(objective(found)).toBeLessThanOrEqual(objective(found + off) + 1e-5);
    }),
  );
});

test('towards the quantized weight: nothing at λ = 0, halfway at 1, all the way as λ grows', () => {
  expect([0, 1, 3].map((lambda) => moveToward(1, 2, lambda))).toEqual([1, 1.5, 1.75]);
  fc.assert(
    fc.property(weight, weight, strength, (w, q, lambda) => {
      expect(moveToward(w, q, 0) + 0).toBe(w + 0);
      expect(moveToward(w, q, 1e7)).toBeCloseTo(q, 5);
      // The proximal operator of λ / 2 (v − q)²: the derivative λ (v − q) + v − w is 0.
      const v = moveToward(w, q, lambda);
      expect(lambda * (v - q) + v - w).toBeCloseTo(0, 4);
    }),
  );
});
