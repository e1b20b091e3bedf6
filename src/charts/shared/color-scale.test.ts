import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { divergingScale, greyRamp, parseHex, symmetricLimit } from './color-scale';

const light = { negative: '#2f6fb4', middle: '#f2f1ec', positive: '#d6602a' };
const distance = (a: readonly number[], b: readonly number[]) => Math.hypot(...a.map((v, i) => v - b[i]!));

describe('diverging scale', () => {
  const colour = divergingScale(light, 0.5);

  test('zero is the middle, the limits are the ends, beyond is clamped', () => {
    expect(colour(0)).toEqual([242, 241, 236]);
    expect(colour(0.5)).toEqual([214, 96, 42]);
    expect(colour(-0.5)).toEqual([47, 111, 180]);
    expect(colour(7)).toEqual(colour(0.5));
    expect(colour(Number.NaN)).toEqual(colour(0));
  });

  test('colours move away from the middle as values move away from zero', () => {
    const middle = parseHex(light.middle);
    fc.assert(
      fc.property(fc.double({ min: -0.5, max: 0.5, noNaN: true }), fc.double({ min: 0, max: 0.9, noNaN: true }), (v, share) => {
        expect(distance(colour(v * share), middle)).toBeLessThanOrEqual(distance(colour(v), middle) + 1.5);
      }),
    );
  });
});

test('hex colours', () => {
  expect(parseHex('#fff')).toEqual([255, 255, 255]);
  expect(parseHex('#2f6fb4')).toEqual([47, 111, 180]);
  expect(() => parseHex('rgb(1,2,3)')).toThrow(RangeError);
});

test('grey ramp runs from the first colour to the second', () => {
  const ramp = greyRamp('#000000', '#ffffff');
  expect(ramp[0]).toEqual([0, 0, 0]);
  expect(ramp[128]).toEqual([128, 128, 128]);
  expect(ramp[255]).toEqual([255, 255, 255]);
});

test('the limit ignores rare outliers, never zero', () => {
  const values = new Float32Array(1000).fill(0.25);
  values[3] = -40;
  expect(symmetricLimit(values)).toBe(0.25);
  expect(symmetricLimit([0, -2, 1], 1)).toBe(2);
  expect(symmetricLimit(new Float32Array(10))).toBe(1);
});
