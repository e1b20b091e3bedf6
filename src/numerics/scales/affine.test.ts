import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { decodeEncoding } from '../container/encoding';
import { affineEncoding } from '../quantizers/uniform-encodings';
import { roundings } from '../rounding/rounding';
import { type AffineSettings, affineParameters, codeLimits, codeRanges, isSigns, schemes, slideParameters } from './affine';
import { affineCodes, blockParameters, minMaxRanges } from './affine-groups';
import { type Granularity, scaleGrid } from './scale-grid';
import { groupScales, quantizeGroups } from './uniform';

const u8: AffineSettings = { bits: 8, scheme: 'asymmetric', range: 'unsigned' };
const s8: AffineSettings = { bits: 8, scheme: 'asymmetric', range: 'full' };

describe('scale and zero-point of a range, 8 bits', () => {
  it.each([
    // low, high, scale, zero-point of unsigned and of signed codes
    [-1, 1, 0.00784314, 128, 0],
    [0, 6, 0.02352941, 0, -128],
    [-0.5, 1.5, 0.00784314, 64, -64],
    [0.2, 1, 0.00392157, 0, -128],
    [-3, -1, 0.01176471, 255, 127],
  ])('%f … %f', (low, high, scale, unsigned, signed) => {
    expect(affineParameters(low, high, u8).scale).toBeCloseTo(scale, 8);
    expect(affineParameters(low, high, u8).zeroPoint).toBe(unsigned);
    expect(affineParameters(low, high, s8)).toEqual({ scale: affineParameters(low, high, u8).scale, zeroPoint: signed });
  });

  it('symmetric: the larger side sets the scale, the zero-point is 0', () => {
    const symmetric = (range: AffineSettings['range']) => affineParameters(-2, 1, { bits: 3, scheme: 'symmetric', range });
    expect(symmetric('narrow')).toEqual({ scale: Math.fround(2 / 3), zeroPoint: 0 });
    expect(symmetric('full')).toEqual({ scale: Math.fround(2 / 3), zeroPoint: 0 });
    expect(symmetric('unsigned')).toEqual({ scale: Math.fround(1 / 7), zeroPoint: 0 });
  });

  it('an empty range has scale 0; one that is not finite is refused', () => {
    expect(affineParameters(0, 0, s8)).toEqual({ scale: 0, zeroPoint: 0 });
    expect(() => affineParameters(0, Number.NaN, s8)).toThrow('A range from 0 to NaN cannot be quantized.');
  });
});

test('codes', () => {
  const limits = (bits: number, range: AffineSettings['range'], scheme: AffineSettings['scheme'] = 'symmetric') =>
    Object.values(codeLimits({ bits, range, scheme }));
  expect(limits(4, 'narrow')).toEqual([-7, 7]);
  expect(limits(4, 'full')).toEqual([-8, 7]);
  expect(limits(4, 'unsigned')).toEqual([0, 15]);
  expect(limits(1, 'narrow', 'asymmetric')).toEqual([-1, 0]);
  expect(limits(1, 'unsigned')).toEqual([0, 1]);
  expect(() => limits(1, 'full')).toThrow('no codes');
  expect(() => limits(17, 'full')).toThrow('A uniform quantizer has 1 to 16 bits, not 17.');
});

test('the slides’ matrix, to two decimals, and the error of half a step', () => {
  // These are the only numbers of two decimals in [0, 1] that have the slides' codes.
  const x = [0.97, 0.64, 0.74, 1, 0.58, 0.84, 0.84, 0.81, 0, 0.18, 0.9, 0.28, 0.57, 0.96, 0.8, 0.81];
  const { quantize, dequantize } = slideParameters(0, 1, codeLimits(s8));
  const codes = x.map(quantize);
  expect(codes).toEqual([119, 35, 61, 127, 20, 86, 86, 79, -128, -82, 102, -57, 17, 117, 76, 79]);
  expect(Math.max(...codes.map((code, i) => Math.abs(dequantize(code) - x[i]!)))).toBeCloseTo(0.00196, 5);
  // Affine quantization of [0, 1] has the same codes: its zero-point, −128, needs no rounding.
  const values = Float32Array.from(x);
  const grid = scaleGrid([4, 4], 'tensor');
  const parameters = blockParameters(minMaxRanges(values, grid), s8);
  expect(parameters[0]?.zeroPoint).toBe(-128);
  // 0.9 is halfway between two codes, and float32 decides.
  const affine = [...affineCodes(values, parameters, grid, s8, 'nearest-even')];
  for (const [i, code] of affine.entries()) expect(Math.abs(code - codes[i]!)).toBeLessThanOrEqual(i === 10 ? 1 : 0);
});

test('the slides’ shift has no exact 0, the zero-point has', () => {
  const { quantize, dequantize } = slideParameters(-1, 1, codeLimits(s8));
  expect(Math.abs(dequantize(quantize(0)))).toBeGreaterThan(0.003);
});

describe('one bit', () => {
  const values = Float32Array.of(-0.5, 0, 1e-9, 0.25);
  const place = { shape: [2, 2], granularity: 'tensor' as Granularity };

  it('symmetric: −s and s, without 0', () => {
    const signs: AffineSettings = { bits: 1, scheme: 'symmetric', range: 'narrow' };
    expect(isSigns(signs)).toBe(true);
    const encoding = affineEncoding(values, minMaxRanges(values, scaleGrid([2, 2], 'tensor')), signs, place, 'nearest-even');
    expect(encoding).toEqual({ kind: 'basis', bits: 1, codes: Int32Array.of(0, 1, 1, 1), basis: Float32Array.of(0.5) });
    expect([...decodeEncoding(encoding, [2, 2])]).toEqual([-0.5, 0.5, 0.5, 0.5]);
    const down = affineEncoding(values, minMaxRanges(values, scaleGrid([2, 2], 'tensor')), signs, place, 'floor');
    expect(down).toMatchObject({ codes: Int32Array.of(0, 0, 0, 0) });
  });

  it('asymmetric: 0 and one other value', () => {
    const settings: AffineSettings = { bits: 1, scheme: 'asymmetric', range: 'narrow' };
    const positive = Float32Array.of(0, 0.2, 0.7, 1);
    const encoding = affineEncoding(positive, minMaxRanges(positive, scaleGrid([2, 2], 'tensor')), settings, place, 'nearest-even');
    expect([...decodeEncoding(encoding, [2, 2])]).toEqual([0, 0, 1, 1]);
  });
});

const settings = fc
  .record({ bits: fc.integer({ min: 1, max: 16 }), scheme: fc.constantFrom(...schemes), range: fc.constantFrom(...codeRanges) })
  .filter((s) => !isSigns(s));
/** Zero, or a magnitude far from float32's underflow. */
const weight = fc.double({ min: -10, max: 10, noNaN: true }).map((x) => (Math.abs(x) < 1e-12 ? 0 : x));
const matrix = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 5 })).chain(([inputs, outputs]) =>
  fc.record({
    shape: fc.constant([inputs, outputs]),
    values: fc.array(weight, { minLength: inputs * outputs, maxLength: inputs * outputs }).map((list) => Float32Array.from(list)),
  }),
);
const granularities = fc.constantFrom<Granularity>('tensor', 'channel', { channels: 2 }, { inputs: 3 }, { axis: 0 });
const stream = { seed: 3, purpose: 5, step: 1 };

describe('every setting', () => {
  it('errs by at most half a step where the range reaches, and stores 0 as 0', () => {
    fc.assert(
      fc.property(matrix, granularities, settings, ({ shape, values }, granularity, s) => {
        const grid = scaleGrid(shape, granularity);
        const ranges = minMaxRanges(values, grid);
        const parameters = blockParameters(ranges, s);
        const encoding = affineEncoding(values, ranges, s, { shape, granularity }, 'nearest-even');
        const decoded = decodeEncoding(encoding, shape);
        const largest = values.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
        const steps = parameters.map(({ scale }) => scale);
        for (const [i, value] of values.entries()) {
          if (value === 0) expect(decoded[i]).toBe(0);
          const cutOff = s.scheme === 'symmetric' && s.range === 'unsigned' && value < 0;
          const bound = Math.max(...steps) * 0.5 + largest * 1e-6;
          if (cutOff) expect(decoded[i]).toBe(0);
          else expect(Math.abs(decoded[i]! - value)).toBeLessThanOrEqual(bound);
        }
      }),
    );
  });

  it('is monotone, and quantizing what it gives changes nothing', () => {
    fc.assert(
      fc.property(matrix, settings, ({ shape, values }, s) => {
        const grid = scaleGrid(shape, 'tensor');
        const ranges = minMaxRanges(values, grid);
        const place = { shape, granularity: 'tensor' as const };
        const decoded = decodeEncoding(affineEncoding(values, ranges, s, place, 'nearest-even'), shape);
        const order = [...values.keys()].sort((i, j) => values[i]! - values[j]!);
        for (let i = 1; i < order.length; i++) expect(decoded[order[i]!]!).toBeGreaterThanOrEqual(decoded[order[i - 1]!]!);
        expect(decodeEncoding(affineEncoding(decoded, ranges, s, place, 'nearest-even'), shape)).toEqual(decoded);
      }),
    );
  });

  it('keeps codes within its limits by every rounding, and the file’s codes within b bits', () => {
    fc.assert(
      fc.property(matrix, granularities, settings, fc.constantFrom(...roundings), ({ shape, values }, granularity, s, rounding) => {
        const grid = scaleGrid(shape, granularity);
        const half = Float32Array.from(values, (value) => value / 2);
        const ranges = minMaxRanges(half, grid);
        const { min, max } = codeLimits(s);
        const codes = affineCodes(values, blockParameters(ranges, s), grid, s, rounding, stream);
        for (const code of codes) expect(code >= min && code <= max).toBe(true);
        const encoding = affineEncoding(values, ranges, s, { shape, granularity }, rounding, stream);
        if (encoding.kind !== 'uniform') throw new Error(encoding.kind);
        for (const code of [...encoding.codes, ...(encoding.zeroPoints ?? [])]) {
          expect(code >= -(2 ** (s.bits - 1)) && code < 2 ** (s.bits - 1)).toBe(true);
        }
      }),
    );
  });

  it('symmetric and narrow with min-max is numerics/scales/uniform, to the bit', () => {
    fc.assert(
      fc.property(
        matrix,
        granularities,
        fc.integer({ min: 2, max: 16 }),
        fc.constantFrom(...roundings),
        ({ shape, values }, g, bits, rounding) => {
          const grid = scaleGrid(shape, g);
          const scales = groupScales(values, grid, bits);
          const narrow: AffineSettings = { bits, scheme: 'symmetric', range: 'narrow' };
          const encoding = affineEncoding(values, minMaxRanges(values, grid), narrow, { shape, granularity: g }, rounding, stream);
          expect(encoding).toMatchObject({ scales, codes: quantizeGroups(values, scales, grid, bits, rounding, stream) });
        },
      ),
    );
  });

  it('refuses what is not finite', () => {
    const broken = Float32Array.of(1, Number.NaN);
    expect(() => minMaxRanges(broken, scaleGrid([2], 'tensor'))).toThrow('Value 1 is NaN; only finite numbers can be quantized.');
  });
});
