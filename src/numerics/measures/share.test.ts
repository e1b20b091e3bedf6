import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countOf } from './share';

test('known answers', () => {
  expect(countOf(99.9, 1000)).toBe(999);
  expect(countOf(99.9, 1001)).toBe(1000);
  expect(countOf(99.99, 784_000)).toBe(783_922);
  expect([countOf(0, 7), countOf(100, 7), countOf(50, 1)]).toEqual([0, 7, 1]);
});

test('whole numbers decide: of 1,000, 5,000, 10,000, 30,000, 784,000 and any other number of values', () => {
  const totals = fc.oneof(fc.constantFrom(1000, 5000, 10_000, 30_000, 784_000), fc.integer({ min: 1, max: 2 ** 31 }));
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000 }), totals, (hundredths, total) => {
      const exact = Number((BigInt(hundredths) * BigInt(total) + 9999n) / 10_000n);
      expect(countOf(Number((hundredths / 100).toFixed(2)), total)).toBe(exact);
    }),
    { numRuns: 2000 },
  );
});
