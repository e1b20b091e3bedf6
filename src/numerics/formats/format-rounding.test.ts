import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillUniform, Purpose } from '../random/rng';
import { isStochastic, type Rounding, roundings } from '../rounding/rounding';
import { encodeFormat, roundToFormat } from './format-rounding';
import type { FormatId } from './number-format';
import { decodeFormat, finiteValues, formats } from './number-format';

const ids = Object.keys(formats).filter((id) => id !== 'fp32') as FormatId[];
const round = (id: FormatId | 'fp32', x: number, rounding: Rounding = 'nearest-even', saturate = false, draw = 0) =>
  roundToFormat(Float32Array.of(x), id, rounding, Float32Array.of(draw), { saturate })[0] as number;

describe('known answers, nearest even', () => {
  it.each<[FormatId, [number, number][]]>([
    [
      'e4m3fn',
      [
        [0.3, 0.3125],
        [1 / 3, 0.34375],
        [17, 16],
        [18, 18],
        [19, 20],
        [0.001, 0.001953125],
        [2 ** -10, 0],
        [2 ** -10 + 2 ** -33, 2 ** -9],
        [448, 448],
        [464, 448],
        [465, Number.NaN],
        [-465, Number.NaN],
      ],
    ],
    [
      'e5m2',
      [
        [0.3, 0.3125],
        [1 / 3, 0.3125],
        [1.125, 1],
        [1.375, 1.5],
        [9, 8],
        [11, 12],
        [1000, 1024],
        [61439, 57344],
        [61440, Number.POSITIVE_INFINITY],
        [-61440, Number.NEGATIVE_INFINITY],
      ],
    ],
    [
      'e2m1',
      [
        [0.25, 0],
        [0.75, 1],
        [1.25, 1],
        [1.75, 2],
        [2.5, 2],
        [3.5, 4],
        [5, 4],
        [5.1, 6],
        [100, 6],
        [-100, -6],
      ],
    ],
    [
      'bf16',
      [
        [0.1, 0.10009765625],
        [1 / 3, 0.333984375],
        [Math.PI, 3.140625],
        [257, 256],
        [2 ** -134, 0],
        [2 ** -134 + 2 ** -140, 2 ** -133],
      ],
    ],
    [
      'fp16',
      [
        [0.1, 0.0999755859375],
        [2049, 2048],
        [65519.9, 65504],
        [65520, Number.POSITIVE_INFINITY],
        [2 ** -25, 0],
        [2 ** -25 + 2 ** -48, 2 ** -24],
      ],
    ],
  ])('%s', (id, pairs) => {
    expect(pairs.map(([x]) => round(id, x))).toEqual(pairs.map(([, y]) => y));
  });
});

it('saturates where asked, and where the rounding does not lead outward', () => {
  expect(round('e4m3fn', 465, 'nearest-even', true)).toBe(448);
  expect(round('e5m2', 1e9, 'nearest-even', true)).toBe(57344);
  expect(round('e5m2', 61440, 'half-away')).toBe(Number.POSITIVE_INFINITY);
  for (const rounding of ['toward-zero', 'stochastic', 'stochastic-half', 'floor'] as const)
    expect(round('e5m2', 1e9, rounding)).toBe(57344);
  expect(round('e5m2', 1e9, 'ceil')).toBe(Number.POSITIVE_INFINITY);
  expect(round('e5m2', -1e9, 'ceil')).toBe(-57344);
  expect(round('e5m2', -1e9, 'floor')).toBe(Number.NEGATIVE_INFINITY);
  expect(round('e4m3fn', -1e9, 'floor')).toBeNaN();
});

it('infinities and NaN stay what they are; a format without them refuses a bit pattern', () => {
  expect(round('e5m2', Number.NEGATIVE_INFINITY, 'nearest-even', true)).toBe(Number.NEGATIVE_INFINITY);
  expect(round('e5m2', Number.NaN)).toBeNaN();
  expect(round('e4m3fn', Number.POSITIVE_INFINITY)).toBeNaN();
  expect(round('e2m1', Number.NaN)).toBeNaN();
  expect(() => encodeFormat('e2m1', Float32Array.of(1, Number.NaN), 'nearest-even')).toThrow(RangeError);
  expect(() => roundToFormat(Float32Array.of(1), 'e2m1', 'stochastic')).toThrow(RangeError);
});

it.each<[Rounding, number[]]>([
  // Neighbours 1 and 1.25, −1.25 and −1; a draw of 0.3 goes outward beyond three tenths of the way.
  ['nearest-even', [1, 1, 1.25, -1, -1, -1.25]],
  ['half-away', [1, 1.25, 1.25, -1, -1.25, -1.25]],
  ['floor', [1, 1, 1, -1.25, -1.25, -1.25]],
  ['ceil', [1.25, 1.25, 1.25, -1, -1, -1]],
  ['toward-zero', [1, 1, 1, -1, -1, -1]],
  ['stochastic', [1, 1.25, 1.25, -1, -1.25, -1.25]],
  ['stochastic-half', [1.25, 1.25, 1.25, -1.25, -1.25, -1.25]],
])('e5m2, %s: 1 1/16, 1 1/8, 1 3/16', (rounding, expected) => {
  expect([1.0625, 1.125, 1.1875, -1.0625, -1.125, -1.1875].map((x) => round('e5m2', x, rounding, false, 0.3))).toEqual(expected);
});

const anyFloat = fc.float({ noNaN: true, noDefaultInfinity: true });
const anyDraw = fc.integer({ min: 0, max: 2 ** 24 - 1 }).map((n) => n / 2 ** 24);

it('gives one of the two neighbours, or the number itself', () => {
  const values = Object.fromEntries(ids.map((id) => [id, finiteValues(id)])) as Record<FormatId, Float32Array>;
  fc.assert(
    fc.property(anyFloat, fc.constantFrom(...ids), fc.constantFrom(...roundings), anyDraw, (y, id, rounding, draw) => {
      const x = y + 0; // not −0
      const result = round(id, x, rounding, true, draw) + 0;
      const all = values[id];
      const above = all.findIndex((value) => value >= x);
      const high = all[above < 0 ? all.length - 1 : above] as number;
      const low = high === x || above < 1 ? high : (all[above - 1] as number);
      expect([low, high]).toContain(above < 0 ? (all.at(-1) as number) : result);
      if (above >= 0 && rounding === 'floor') expect(result).toBe(x < (all[0] as number) ? all[0] : low);
      if (above >= 0 && rounding === 'ceil') expect(result).toBe(high);
      if (above > 0 && rounding === 'nearest-even') expect(Math.abs(result - x)).toBe(Math.min(x - low, high - x));
    }),
    { numRuns: 2000 },
  );
});

it('agrees with float32 and float16 hardware', () => {
  const half = 'Float16Array' in globalThis ? (globalThis as unknown as { Float16Array: Float32ArrayConstructor }).Float16Array : undefined;
  fc.assert(
    fc.property(anyFloat, (x) => {
      expect(round('fp32', x)).toBe(x);
      if (half) expect(round('fp16', x)).toBe(half.of(x)[0]);
    }),
  );
});

it('bit patterns read back', () => {
  for (const id of ids) {
    const codes = Int32Array.from({ length: 2 ** Math.min(12, formats[id].bits) }, (_, i) => i * 2 ** Math.max(0, formats[id].bits - 12));
    const values = decodeFormat(id, codes);
    const usable = codes.filter((_, i) => !Number.isNaN(values[i]));
    for (const rounding of roundings)
      expect(encodeFormat(id, decodeFormat(id, usable), rounding, new Float32Array(codes.length).fill(0.999))).toEqual(usable);
  }
  expect(encodeFormat('e4m3fn', Float32Array.of(Number.NaN), 'nearest-even')[0]).toBe(0x7f);
});

describe('stochastic rounding', () => {
  const count = 100_000;
  const draws = new Float32Array(count);
  fillUniform(draws, 7, Purpose.rounding, 0);
  const many = (x: number, rounding: Rounding, id: FormatId = 'e2m1') =>
    roundToFormat(new Float32Array(count).fill(x), id, rounding, draws);
  const mean = (values: Float32Array) => values.reduce((a, b) => a + b, 0) / count;

  it('1.7 between 1.5 and 2: mean 1.7, 2 in 40 of 100, variance f (1 − f) d²', () => {
    const values = many(1.7, 'stochastic');
    expect(mean(values)).toBeCloseTo(1.7, 2);
    expect(values.filter((value) => value === 2).length / count).toBeCloseTo(0.4, 2);
    expect(values.reduce((sum, value) => sum + (value - 1.7) ** 2, 0) / count).toBeCloseTo(0.4 * 0.6 * 0.25, 3);
  });

  it('is unbiased on both sides of zero, also among subnormal numbers; one-half rounding is not', () => {
    for (const x of [0.1, -0.1, 3.3, -5.9]) {
      expect(Math.abs(mean(many(x, 'stochastic')) - x)).toBeLessThan(0.02);
    }
    expect(mean(many(0.1, 'stochastic-half'))).toBeCloseTo(0.25, 2);
    expect(mean(many(-3.3, 'stochastic-half'))).toBeCloseTo(-3.5, 1);
  });

  it('a number of the format never moves', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ids),
        fc.nat(),
        anyDraw,
        fc.constantFrom(...roundings.filter(isStochastic)),
        (id, n, draw, rounding) => {
          const all = finiteValues(id);
          const x = all[n % all.length] as number;
          expect(round(id, x, rounding, false, draw)).toBe(x);
        },
      ),
      { numRuns: 50 },
    );
  });
});
