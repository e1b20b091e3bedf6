import fc from 'fast-check';
import { expect, it } from 'vitest';
import { entropy } from './entropy';

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
