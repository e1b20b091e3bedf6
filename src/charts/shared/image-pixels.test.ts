import { expect, test } from 'vitest';
import type { Rgb } from './color-scale';
import { imagePixels, tileColumns, weightPixels } from './image-pixels';

const ramp = Array.from({ length: 256 }, (_, i): Rgb => [255 - i, 255 - i, 255 - i]);

test('grey images go through the ramp, colour images do not', () => {
  expect([...imagePixels(Uint8Array.of(0, 200), 2, 1, ramp)]).toEqual([255, 255, 255, 255, 55, 55, 55, 255]);
  expect([...imagePixels(Uint8Array.of(1, 2, 3), 1, 3, ramp)]).toEqual([1, 2, 3, 255]);
  expect(() => imagePixels(new Uint8Array(8), 4, 2, ramp)).toThrow(RangeError);
  expect(() => imagePixels(new Uint8Array(3), 4, 1, ramp)).toThrow(RangeError);
});

test('zero weights are the middle', () => {
  const scale = (v: number): Rgb => (v === 0 ? [10, 20, 30] : [1, 1, 1]);
  expect([...weightPixels(Float32Array.of(0, 0.5), 2, 1, 1, scale)]).toEqual([10, 20, 30, 255, 1, 1, 1, 255]);
  expect([...weightPixels(Float32Array.of(0, 1, -2), 1, 3, 1, scale)]).toEqual([128, 255, 0, 255]);
});

test('columns fill the width without squeezing a tile', () => {
  expect(tileColumns(64, 340, 40, 2)).toBe(8);
  expect(tileColumns(3, 340, 40, 2)).toBe(3);
  expect(tileColumns(64, 10, 40, 2)).toBe(1);
  expect(tileColumns(32, 340, 32, 3)).toBe(8);
  expect(tileColumns(31, 340, 32, 3)).toBe(9);
});
