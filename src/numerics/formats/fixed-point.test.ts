import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fillUniform, Purpose } from '../random/rng';
import { roundings } from '../rounding/rounding';
import { encodeFixedPoint, fixedPointBits, fixedPointGrid, integerFormat, roundToFixedPoint } from './fixed-point';

it('<6, 10>: steps of 2^−10 from −32 to 32 − 2^−10', () => {
  const format = { integerBits: 6, fractionBits: 10 };
  expect(fixedPointBits(format)).toBe(16);
  expect(fixedPointGrid(format)).toMatchObject({ min: -32, max: 32 - 2 ** -10, smallestStep: -10 });
  const values = Float32Array.of(0.3, 1.5 * 2 ** -10, 0.5 * 2 ** -10, -40, 40, 32);
  expect([...roundToFixedPoint(values, format, 'nearest-even')].map((value) => value * 1024)).toEqual([307, 2, 0, -32768, 32767, 32767]);
  expect([...encodeFixedPoint(values, format, 'nearest-even')]).toEqual([307, 2, 0, -32768, 32767, 32767]);
});

it('int8 and int4 are whole numbers that saturate', () => {
  expect([...roundToFixedPoint(Float32Array.of(2.5, 3.5, 200, -200), integerFormat(8), 'nearest-even')]).toEqual([2, 4, 127, -128]);
  expect([...roundToFixedPoint(Float32Array.of(7.4, 9, -9), integerFormat(4), 'nearest-even')]).toEqual([7, 7, -8]);
});

it('stochastic rounding of 1.7 to whole numbers: mean 1.7, 2 in 70 of 100; 2 is always 2', () => {
  const count = 100_000;
  const draws = new Float32Array(count);
  fillUniform(draws, 5, Purpose.rounding, 0);
  const rounded = roundToFixedPoint(new Float32Array(count).fill(1.7), integerFormat(8), 'stochastic', draws);
  expect(Math.abs(rounded.reduce((a, b) => a + b, 0) / count - 1.7)).toBeLessThan(0.005);
  expect(rounded.every((value) => value === 1 || value === 2)).toBe(true);
  expect(roundToFixedPoint(new Float32Array(count).fill(2), integerFormat(8), 'stochastic', draws).every((value) => value === 2)).toBe(
    true,
  );
});

it('an update smaller than half a step is lost by rounding to nearest and survives on average by stochastic rounding', () => {
  const format = { integerBits: 8, fractionBits: 8 };
  const count = 50_000;
  const values = new Float32Array(count).fill(1 + 2 ** -11);
  const draws = new Float32Array(count);
  fillUniform(draws, 3, Purpose.rounding, 0);
  expect(roundToFixedPoint(values, format, 'nearest-even').every((value) => value === 1)).toBe(true);
  const mean = roundToFixedPoint(values, format, 'stochastic', draws).reduce((a, b) => a + b, 0) / count;
  expect(Math.abs(mean - values[0]!)).toBeLessThan(5e-5);
});

it('stays in range, on the grid, at most a step away; what is on the grid stays', () => {
  const format = fc
    .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }))
    .map(([integerBits, fractionBits]) => ({ integerBits, fractionBits }));
  fc.assert(
    fc.property(format, fc.float({ noNaN: true, min: -5000, max: 5000 }), fc.constantFrom(...roundings), (f, x, rounding) => {
      const { min, max } = fixedPointGrid(f);
      const draw = Float32Array.of(0.5);
      const y = roundToFixedPoint(Float32Array.of(x), f, rounding, draw)[0] as number;
      expect(y >= min && y <= max).toBe(true);
      expect(Number.isInteger(y * 2 ** f.fractionBits)).toBe(true);
      if (x >= min && x <= max) expect(Math.abs(y - x)).toBeLessThanOrEqual(2 ** -f.fractionBits);
      expect(roundToFixedPoint(Float32Array.of(y), f, rounding, draw)[0]).toBe(y);
    }),
  );
});

it('refuses formats that float32 cannot hold, and values that are not finite', () => {
  expect(() => fixedPointGrid({ integerBits: 0, fractionBits: 8 })).toThrow(RangeError);
  expect(() => fixedPointGrid({ integerBits: 16, fractionBits: 9 })).toThrow(RangeError);
  expect(() => encodeFixedPoint(Float32Array.of(Number.NaN), integerFormat(8), 'nearest-even')).toThrow(RangeError);
});
