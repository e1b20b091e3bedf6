import { describe, expect, it } from 'vitest';
import type { FormatId } from './number-format';
import { bitFields, decodeFormat, finiteValues, formatBits, formats, type NumberFormat, numberOf } from './number-format';

const ids = Object.keys(formats).filter((id) => id !== 'fp32') as FormatId[];

/** Id, precision, unit roundoff, largest finite, smallest normal, smallest subnormal number. */
const table: readonly [NumberFormat['id'], number, number, number, number, number][] = [
  ['fp32', 24, 2 ** -24, 3.4028234663852886e38, 2 ** -126, 2 ** -149],
  ['fp16', 11, 2 ** -11, 65504, 2 ** -14, 2 ** -24],
  ['bf16', 8, 2 ** -8, 3.3895313892515355e38, 2 ** -126, 2 ** -133],
  ['e4m3fn', 4, 0.0625, 448, 2 ** -6, 2 ** -9],
  ['e4m3', 4, 0.0625, 240, 2 ** -6, 2 ** -9],
  ['e5m2', 3, 0.125, 57344, 2 ** -14, 2 ** -16],
  ['e2m3', 4, 0.0625, 7.5, 1, 0.125],
  ['e3m2', 3, 0.125, 28, 0.25, 0.0625],
  ['e2m1', 2, 0.25, 6, 1, 0.5],
];

it.each(table)('%s: precision, roundoff and range', (id, precision, unitRoundoff, maxFinite, minNormal, minSubnormal) => {
  expect(formats[id]).toMatchObject({ id, precision, unitRoundoff, maxFinite, minNormal, minSubnormal });
});

describe('all bit patterns', () => {
  it.each<[FormatId, number]>([
    ['e4m3fn', 253],
    ['e4m3', 239],
    ['e5m2', 247],
    ['e2m3', 63],
    ['e3m2', 63],
    ['e2m1', 15],
    ['fp16', 63487],
  ])('%s has %d finite values', (id, count) => {
    const values = finiteValues(id);
    expect(values.length).toBe(count);
    expect(values.at(-1)).toBe(formats[id].maxFinite);
    expect(values[(count - 1) / 2]).toBe(0);
    expect(values[(count + 1) / 2]).toBe(formats[id].minSubnormal);
    expect(values.every((value, i) => value + (values[count - 1 - i] as number) === 0)).toBe(true);
  });

  it('fp4 e2m1 has the magnitudes 0, 0.5, 1, 1.5, 2, 3, 4, 6', () => {
    expect([...decodeFormat('e2m1', Int32Array.of(0, 1, 2, 3, 4, 5, 6, 7))]).toEqual([0, 0.5, 1, 1.5, 2, 3, 4, 6]);
    expect([...decodeFormat('e2m1', Int32Array.of(8, 9, 15))]).toEqual([-0, -0.5, -6]);
  });

  it('specials: e4m3fn has one NaN a sign and no infinity, the others of IEEE shape have both', () => {
    const specials = (id: FormatId) => {
      const values = [
        ...decodeFormat(
          id,
          Int32Array.from({ length: 2 ** formatBits(id) }, (_, code) => code),
        ),
      ];
      return [values.filter(Number.isNaN).length, values.filter((v) => Math.abs(v) === Number.POSITIVE_INFINITY).length];
    };
    expect(ids.map(specials)).toEqual([
      [2 * 1023, 2],
      [2 * 127, 2],
      [2, 0],
      [2 * 7, 2],
      [2 * 3, 2],
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
    expect(numberOf(formats.e4m3fn, 0x7f)).toBeNaN();
    expect(numberOf(formats.e4m3fn, 0x7e)).toBe(448);
    expect(numberOf(formats.e5m2, 0xfc)).toBe(Number.NEGATIVE_INFINITY);
  });

  it('bf16 is the upper half of a float32', () => {
    const floats = new Float32Array(1);
    const words = new Uint32Array(floats.buffer);
    for (let code = 0; code < 2 ** 16; code += 7) {
      words[0] = code * 2 ** 16;
      expect(decodeFormat('bf16', Int32Array.of(code))[0]).toEqual(floats[0]);
    }
  });
});

it('the fields of 1.5 in e4m3fn: 0 0111 100', () => {
  expect(bitFields(formats.e4m3fn, 0b0_0111_100)).toEqual({ sign: 0, exponent: 7, mantissa: 4 });
  expect(numberOf(formats.e4m3fn, 0b0_0111_100)).toBe(1.5);
});

it('refuses codes outside', () => {
  expect(() => decodeFormat('e2m1', Int32Array.of(16))).toThrow(RangeError);
  expect(() => decodeFormat('e2m1', Int32Array.of(-1))).toThrow(RangeError);
});
