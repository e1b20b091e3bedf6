import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeEncoding } from '../container/encoding';
import { encodeTarget, type NumberTarget, roundToTarget } from '../quantizers/number-target';
import { roundings } from '../rounding/rounding';
import { scaleGrid } from '../scales/scale-grid';
import { blockFormats } from './block-formats';
import { fp8Scale, fp8Scales } from './fp8-scaled';

const nvfp4: NumberTarget = { kind: 'blocks', ...blockFormats.nvfp4 };
const layout = (inputs: number) => scaleGrid([inputs, 1], { inputs: 16 });
const rounded = (...values: number[]) => [...roundToTarget(Float32Array.from(values), nvfp4, layout(values.length), 'nearest-even')];

it('the largest over 6 in fp8, by hand', () => {
  // 1.3167 lies between 1.25 and 1.375; 0.05 is 12.8 steps of 2^−8; 500 saturates; 0.00083 is below half of 2^−9.
  expect([7.9, 0.3, 3000, 0.005, 0].map((max) => fp8Scale(Math.fround(max), 6))).toEqual([1.375, 13 / 256, 448, 0, 0]);
});

it('NVFP4 by hand', () => {
  // Over 1.375: 5.75, 0.51 and −3.71, which become 6, 0.5 and −4.
  expect(rounded(7.9, 0.7, -5.1)).toEqual([8.25, 0.6875, -5.5]);
  expect(rounded(0.3, 0.02)).toEqual([(6 * 13) / 256, (0.5 * 13) / 256]);
  expect(rounded(3000, -1)).toEqual([2688, -0]);
  expect(rounded(0.005, -0.005)).toEqual([0, -0]);
  expect(rounded(0, 0)).toEqual([0, 0]);
});

it('blocks of 16 inputs have a scale each, in the patterns of e4m3fn', () => {
  const values = Float32Array.from({ length: 32 }, (_, i) => (i < 16 ? 6 : 12));
  expect([...fp8Scales(values, layout(32), 'e2m1')]).toEqual([0x38, 0x40]);
  expect([...roundToTarget(values, nvfp4, layout(32), 'nearest-even')]).toEqual([...values]);
});

it('what the file holds reads back as what was rounded, for every rounding', () => {
  const weight = fc.oneof(fc.float({ noNaN: true, noDefaultInfinity: true }), fc.float({ min: -1, max: 1, noNaN: true }), fc.constant(0));
  fc.assert(
    fc.property(fc.array(weight, { minLength: 1, maxLength: 40 }), fc.constantFrom(...roundings), (list, rounding) => {
      const values = Float32Array.from(list);
      const draws = new Float32Array(values.length).fill(0.25);
      const encoding = encodeTarget(values, [values.length, 1], nvfp4, { inputs: 16 }, rounding, draws);
      expect(decodeEncoding(encoding, [values.length, 1])).toEqual(roundToTarget(values, nvfp4, layout(values.length), rounding, draws));
    }),
  );
});

it('refuses what is not finite', () => {
  expect(() => rounded(1, Number.POSITIVE_INFINITY)).toThrow(RangeError);
});
