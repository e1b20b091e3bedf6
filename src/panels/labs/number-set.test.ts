import fc from 'fast-check';
import { expect, test } from 'vitest';
import { finiteValues, formats } from '../../numerics/formats/number-format';
import { positionOf, valueAtPosition } from './number-line';
import { fixedNumbers, floatNumbers, integerNumbers, type NumberSet } from './number-set';

function valuesOf(set: NumberSet): readonly number[] {
  return Array.from({ length: set.highest - set.lowest + 1 }, (_, i) => set.valueOf(set.lowest + i) + 0);
}

test('ranks walk through all numbers of a floating-point format in order', () => {
  for (const id of ['e4m3fn', 'e5m2', 'e2m1'] as const) {
    const set = floatNumbers(formats[id]);
    expect(valuesOf(set)).toEqual([...finiteValues(id)]);
  }
  expect(floatNumbers(formats.e5m2).rankOf(0x7c)).toBeUndefined();
});

test('int4: −8 to 7 in two’s complement, ties to even, saturating', () => {
  const int4 = integerNumbers(4);
  expect(valuesOf(int4)).toEqual([-8, -7, -6, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6, 7]);
  expect([-8, -1, 0, 7].map(int4.codeOf)).toEqual([0b1000, 0b1111, 0, 0b0111]);
  expect([2.5, 3.5, -2.5, 100, -100, -0.3].map((x) => int4.numberOf(int4.round(x)) + 0)).toEqual([2, 4, -2, 7, -8, 0]);
  expect(int4).toMatchObject({ label: 'int4', smallest: 1, step: 1, bound: 8, minNormal: 0, saturates: true });
});

test('<6, 10>: steps of 2^−10 from −32 to 31.9990234375', () => {
  const set = fixedNumbers({ integerBits: 6, fractionBits: 10 });
  expect(set).toMatchObject({ label: 'fixed point <6, 10>', step: 1 / 1024, lowest: -32768, highest: 32767, bound: 32 });
  expect([set.lowest, set.highest, 0, 1].map((rank) => set.text(set.valueOf(rank)))).toEqual(['−32', '31.9990234375', '0', '0.0009765625']);
  // 0.3 × 1024 = 307.2
  expect(set.text(set.numberOf(set.round(0.3)))).toBe('0.2998046875');
  expect(set.numberOf(set.round(1e20))).toBe(31.9990234375);
});

test('the smallest and the longest formats: int2, <1, 1>, <1, 16>', () => {
  expect(valuesOf(integerNumbers(2))).toEqual([-2, -1, 0, 1]);
  expect(valuesOf(fixedNumbers({ integerBits: 1, fractionBits: 1 }))).toEqual([-1, -0.5, 0, 0.5]);
  const long = fixedNumbers({ integerBits: 1, fractionBits: 16 });
  expect(long.text(long.valueOf(1))).toBe('0.0000152587890625');
  expect(long.text(-1)).toBe('−1');
});

const sets = [
  ...[formats.e4m3fn, formats.e2m1, formats.bf16, formats.fp32].map(floatNumbers),
  ...[
    { integerBits: 4, fractionBits: 0 },
    { integerBits: 6, fractionBits: 10 },
    { integerBits: 1, fractionBits: 16 },
  ].map(fixedNumbers),
];
/** Adding 0 turns −0 into 0. */
const rankIn = (set: NumberSet, share: number) => Math.round(set.lowest + share * (set.highest - set.lowest)) + 0;

test('codes, ranks and values lead back to each other', () => {
  fc.assert(
    fc.property(fc.constantFrom(...sets), fc.double({ min: 0, max: 1, noNaN: true }), (set, share) => {
      const rank = rankIn(set, share);
      const code = set.codeOf(rank);
      expect(set.rankOf(code)).toBe(rank);
      expect(set.nearest(set.valueOf(rank)) + 0).toBe(rank + 0);
      expect(set.round(set.valueOf(rank))).toBe(code);
      expect(set.numberOf(code)).toBe(set.valueOf(rank));
    }),
  );
});

test('a place on the line leads back to its number', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...sets),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.constantFrom('linear' as const, 'log' as const),
      (set, share, scale) => {
        const rank = rankIn(set, share);
        const position = positionOf(set, set.valueOf(rank), scale);
        expect(position).toBeGreaterThanOrEqual(0);
        expect(position).toBeLessThanOrEqual(1);
        const coarse = set.highest <= 128 || set.step !== undefined;
        if (coarse || scale === 'log')
          expect(Math.abs(set.nearest(valueAtPosition(set, position, scale)) - rank)).toBeLessThanOrEqual(set.highest > 2 ** 17 ? 200 : 0);
      },
    ),
  );
});
