import fc from 'fast-check';
import { expect, test } from 'vitest';
import { geometric, ramp } from './annealed';

test('geometric: from 1 to 16 is 4 halfway; its ends are exact', () => {
  expect(geometric(0.5, 1, 16)).toBeCloseTo(4, 12);
  expect([geometric(0, 1, 16), geometric(1, 1, 16)]).toEqual([1, 16]);
  expect(geometric(0.5, 0.4, 0.001)).toBeCloseTo(0.02, 12);
});

test('ramp: nothing until the start, then a line to 1', () => {
  expect([0, 0.5, 0.75, 1].map((p) => ramp(p, 0.5))).toEqual([0, 0, 0.5, 1]);
  expect(ramp(0.3, 0)).toBe(0.3);
});

test('neither goes back', () => {
  const share = fc.integer({ min: 0, max: 1000 }).map((n) => n / 1000);
  fc.assert(
    fc.property(
      share,
      share,
      fc.integer({ min: 0, max: 9 }).map((n) => n / 10),
      (a, b, start) => {
        const [early, late] = [Math.min(a, b), Math.max(a, b)];
        expect(ramp(early, start)).toBeLessThanOrEqual(ramp(late, start));
        expect(geometric(early, 1, 32)).toBeLessThanOrEqual(geometric(late, 1, 32));
      },
    ),
  );
});
