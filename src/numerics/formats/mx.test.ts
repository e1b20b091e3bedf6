import fc from 'fast-check';
import { expect, it } from 'vitest';
import { roundings } from '../rounding/rounding';
import { scaleGrid } from '../scales/scale-grid';
import { decodeElements, elementCount, elementOf } from './element';
import { decodeMx, encodeMx, mxExponent, mxExponents, roundToMx } from './mx';
import { formats } from './number-format';

const grid = (inputs: number) => scaleGrid([inputs, 1], { inputs: 32 });

it('a block whose largest is 7.9, in e2m1: scale 1, and 7.9 saturates to 6', () => {
  const values = Float32Array.of(7.9, 0.7, -5.1);
  const exponents = mxExponents(values, grid(3), 'e2m1');
  expect([...exponents]).toEqual([0]);
  expect([...roundToMx(values, exponents, grid(3), 'e2m1', 'nearest-even')]).toEqual([6, 0.5, -6]);
});

it('a block whose largest is 0.3: scale 2^−4, 0.3 is 4.8 of it and becomes 4', () => {
  expect(mxExponent(Math.fround(0.3), formats.e2m1)).toBe(-4);
  expect([...roundToMx(Float32Array.of(0.3), Int32Array.of(-4), grid(1), 'e2m1', 'nearest-even')]).toEqual([0.25]);
});

it('emax of the elements: 2 for e2m1, 8 for e4m3fn, 15 for e5m2; zeros have the smallest exponent', () => {
  expect([formats.e2m1, formats.e4m3fn, formats.e5m2].map((format) => mxExponent(1, format))).toEqual([-2, -8, -15]);
  expect(mxExponent(0, formats.e2m1)).toBe(-127);
});

it('MXINT8: whole numbers of 64ths below 2, times a power of two', () => {
  const values = Float32Array.of(1.3, -0.01, 0.0078125, -1.3);
  expect(mxExponent(1.3, elementOf('int8'))).toBe(0);
  // 83.2, −0.64, 0.5 (a tie) and −83.2 64ths.
  expect([...roundToMx(values, Int32Array.of(0), grid(4), 'int8', 'nearest-even')]).toEqual([83 / 64, -1 / 64, 0, -83 / 64]);
  expect([...encodeMx(values, Int32Array.of(0), grid(4), 'int8', 'nearest-even')]).toEqual([83, 255, 0, 173]);
  // 0.3 is 76.8 64ths of a quarter; 1.999 would be 128 and saturates, on both sides.
  expect(mxExponent(Math.fround(0.3), elementOf('int8'))).toBe(-2);
  expect([...roundToMx(Float32Array.of(0.3), Int32Array.of(-2), grid(1), 'int8', 'nearest-even')]).toEqual([77 / 256]);
  expect([...roundToMx(Float32Array.of(1.999, -1.999), Int32Array.of(0), grid(2), 'int8', 'nearest-even')]).toEqual([127 / 64, -127 / 64]);
});

it('int8 has 255 numbers, evenly spaced; its patterns are two’s complement', () => {
  expect(elementCount('int8')).toBe(255);
  expect([...decodeElements('int8', Int32Array.of(0, 1, 127, 255, 129, 128))]).toEqual([0, 1 / 64, 127 / 64, -1 / 64, -127 / 64, -2]);
  expect(() => decodeElements('int8', Int32Array.of(256))).toThrow('int8 has the bit patterns 0 to 255, not 256.');
});

it('blocks of 32 inputs have a scale each', () => {
  const values = Float32Array.from({ length: 64 }, (_, i) => (i < 32 ? 1 : 2 ** -20));
  const exponents = mxExponents(values, grid(64), 'e2m1');
  expect([...exponents]).toEqual([-2, -22]);
  expect([...roundToMx(values, exponents, grid(64), 'e2m1', 'nearest-even')]).toEqual([...values]);
});

it('codes read back as what was rounded, down to the smallest numbers', () => {
  const weight = fc.oneof(fc.float({ noNaN: true, noDefaultInfinity: true }), fc.float({ min: -1, max: 1, noNaN: true }), fc.constant(0));
  fc.assert(
    fc.property(
      fc.array(weight, { minLength: 1, maxLength: 70 }),
      fc.constantFrom('e4m3fn' as const, 'e5m2' as const, 'e2m3' as const, 'e3m2' as const, 'e2m1' as const, 'int8' as const),
      fc.constantFrom(...roundings),
      (list, format, rounding) => {
        const values = Float32Array.from(list);
        const draws = new Float32Array(values.length).fill(0.25);
        const exponents = mxExponents(values, grid(values.length), format);
        const rounded = roundToMx(values, exponents, grid(values.length), format, rounding, draws);
        const codes = encodeMx(values, exponents, grid(values.length), format, rounding, draws);
        expect(decodeMx(codes, exponents, grid(values.length), format)).toEqual(rounded);
      },
    ),
  );
});

it('refuses what is not finite', () => {
  expect(() => mxExponents(Float32Array.of(Number.NaN), grid(1), 'e2m1')).toThrow(RangeError);
});
