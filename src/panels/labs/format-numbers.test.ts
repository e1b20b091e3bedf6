import fc from 'fast-check';
import { expect, test } from 'vitest';
import { finiteValues, formats } from '../../numerics/number-format';
import { codeOfRank, largestRank, nearestRank, placeOf, rankOfCode, valueAtPlace, valueOfRank } from './format-numbers';

test('ranks walk through all numbers in order', () => {
  for (const id of ['e4m3fn', 'e5m2', 'e2m1'] as const) {
    const format = formats[id];
    const most = largestRank(format);
    const values = Array.from({ length: 2 * most + 1 }, (_, i) => valueOfRank(format, i - most));
    expect(values.map((value) => value + 0)).toEqual([...finiteValues(id)]);
    for (let rank = -most; rank <= most; rank++) {
      expect(rankOfCode(format, codeOfRank(format, rank))).toBe(rank);
      expect(nearestRank(format, valueOfRank(format, rank))).toBe(rank);
    }
  }
  expect(rankOfCode(formats.e5m2, 0x7c)).toBeUndefined();
});

test('a place on the line leads back to its number', () => {
  const format = fc.constantFrom(formats.e4m3fn, formats.e2m1, formats.bf16, formats.fp32);
  fc.assert(
    fc.property(
      format,
      fc.double({ min: -1, max: 1, noNaN: true }),
      fc.constantFrom('linear' as const, 'log' as const),
      (f, share, scale) => {
        const rank = Math.round(share * largestRank(f));
        const value = valueOfRank(f, rank);
        const place = placeOf(f, value, scale);
        expect(place).toBeGreaterThanOrEqual(0);
        expect(place).toBeLessThanOrEqual(1);
        if (f.bits <= 8 || scale === 'log')
          expect(Math.abs(nearestRank(f, valueAtPlace(f, place, scale)) - rank)).toBeLessThanOrEqual(f.bits > 16 ? 200 : 0);
      },
    ),
  );
});
