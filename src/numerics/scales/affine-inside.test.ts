import { expect, test } from 'vitest';
import { type AffineSettings, affineParameters } from './affine';
import { affineCodes, affineInside } from './affine-groups';
import { scaleGrid } from './scale-grid';

const grid = scaleGrid([1], 'tensor');
const passes = (x: number, scale: number, zeroPoint: number, settings: AffineSettings) =>
  affineInside(Float32Array.of(x), [{ scale, zeroPoint }], grid, settings)[0];

test('the clipped gradient at a tie: the rounded code decides', () => {
  const full: AffineSettings = { bits: 4, scheme: 'symmetric', range: 'full' };
  // 1.875 = 7.5 s becomes 8, which is no code; −2.125 = −8.5 s becomes −8, which is one.
  expect([1.75, 1.874, 1.875, 1.876].map((x) => passes(x, 0.25, 0, full))).toEqual([1, 1, 0, 0]);
  expect([-2.125, -2.126, -2].map((x) => passes(x, 0.25, 0, full))).toEqual([1, 0, 1]);
});

test('with a zero-point, x / s is rounded before it is added, as in the forward pass', () => {
  const s: AffineSettings = { bits: 2, scheme: 'asymmetric', range: 'full' };
  // Codes −2 … 1, z = −1: 2.5 becomes 2, and 2 − 1 = 1 is the largest code; 1.5 − 1 rounded as a whole would be 0.
  expect([2.5, 2.51, -1.5, -1.49].map((x) => passes(x, 1, -1, s))).toEqual([1, 0, 0, 1]);
});

test('it passes exactly where clipping changes no code, at every tie of every scheme', () => {
  for (const scheme of ['symmetric', 'asymmetric'] as const)
    for (const range of ['narrow', 'full', 'unsigned'] as const)
      for (const bits of [2, 3, 4]) {
        const settings: AffineSettings = { bits, scheme, range };
        const parameters = [{ ...affineParameters(-1, 1.5, settings), scale: 0.25 }];
        const ties = Float32Array.from({ length: 161 }, (_, i) => (i - 80) * 0.125);
        const wide = affineCodes(ties, parameters, scaleGrid([161], 'tensor'), { bits: 16, scheme, range: 'full' }, 'nearest-even');
        const codes = affineCodes(ties, parameters, scaleGrid([161], 'tensor'), settings, 'nearest-even');
        const inside = affineInside(ties, parameters, scaleGrid([161], 'tensor'), settings);
        expect(inside).toEqual(Float32Array.from(wide, (code, i) => (code === codes[i] ? 1 : 0)));
      }
});
