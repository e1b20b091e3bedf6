import fc from 'fast-check';
import { expect, test } from 'vitest';
import { l1Subgradient, softThreshold } from './l1';

test('by hand', () => {
  expect([...l1Subgradient(Float32Array.of(-2, 0, 0.5), 0.25)]).toEqual([-0.25, 0, 0.25]);
  expect([...softThreshold(Float32Array.of(-2, -0.25, 0, 0.125, 0.75), 0.25)].map((v) => v + 0)).toEqual([-1.75, 0, 0, 0, 0.5]);
});

test('the soft threshold is the least of ½ (x − w)² + t |x|', () => {
  fc.assert(
    fc.property(fc.double({ min: -3, max: 3, noNaN: true }), fc.double({ min: 0, max: 2, noNaN: true }), (w, t) => {
      const [best = 0] = softThreshold(Float32Array.of(w), t);
      const cost = (x: number) => 0.5 * (x - w) ** 2 + t * Math.abs(x);
      for (const x of [0, best - 0.01, best + 0.01, w]) expect(cost(best)).toBeLessThanOrEqual(cost(x) + 1e-5);
    }),
  );
});
