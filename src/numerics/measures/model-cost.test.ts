import fc from 'fast-check';
import { expect, test } from 'vitest';
import { costFromDoublings, costInDoublings, costKinds, costOf, isCostKind } from './model-cost';

const model = { totalBits: 4001, denseBits: 32_008, weights: 1000, nonZeros: 900 };

test.each([
  ['bits', 4001],
  ['bits-per-weight', 4.001],
  ['rate', 8],
  ['bytes', 501],
  ['non-zeros', 900],
  ['macs', Number.NaN],
  ['ms', Number.NaN],
] as const)('%s of a model', (kind, value) => {
  expect(costOf(model, kind)).toBe(value);
});

test('what is not positive is not known', () => {
  expect(costOf({ ...model, totalBits: 0 }, 'bits')).toBeNaN();
  expect(costOf({ ...model, totalBits: 0 }, 'rate')).toBeNaN();
  expect(costOf({ ...model, ms: -1 }, 'ms')).toBeNaN();
  expect(isCostKind('bits')).toBe(true);
  expect(isCostKind('toString')).toBe(false);
});

test('doublings: less is better', () => {
  expect(costInDoublings('bits-per-weight', 8)).toBe(3);
  expect(costInDoublings('rate', 8)).toBe(-3);
  fc.assert(
    fc.property(fc.constantFrom(...costKinds), fc.double({ min: 1e-6, max: 1e12, noNaN: true }), (kind, value) => {
      expect(Math.abs(costFromDoublings(kind, costInDoublings(kind, value)) / value - 1)).toBeLessThan(1e-12);
    }),
  );
});
