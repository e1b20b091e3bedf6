import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scaleGrid } from './scale-grid';
import { ternarize } from './ternary';

test('known answer: Δ = 0.37333, α = 0.9, codes 1 0 0 −1 0 −1', () => {
  const w = Float32Array.of(0.9, -0.1, 0.35, -0.6, 0.05, -1.2);
  const { codes, scales, thresholds } = ternarize(w, scaleGrid([6, 1], 'tensor'));
  expect(thresholds[0]).toBeCloseTo(0.37333, 5);
  expect(scales[0]).toBeCloseTo(0.9, 6);
  expect([...codes]).toEqual([1, 0, 0, -1, 0, -1]);
});

test('each channel has its own threshold and scale; zeros stay zeros', () => {
  const w = Float32Array.of(1, 100, 0, -100, 0.5, 0, 0, 0);
  const { codes, scales } = ternarize(w, scaleGrid([4, 2], 'channel'));
  expect([...codes]).toEqual([1, 1, 0, -1, 1, 0, 0, 0]);
  expect([...scales]).toEqual([0.75, 100]);
  expect(ternarize(new Float32Array(4), scaleGrid([4, 1], 'tensor'))).toMatchObject({
    codes: new Int32Array(4),
    scales: new Float32Array(1),
  });
});

test('α is the best scale for the codes, and negated weights give negated codes', () => {
  const weights = fc
    .array(fc.float({ min: -2, max: 2, noNaN: true }), { minLength: 1, maxLength: 40 })
    .map((list) => Float32Array.from(list));
  fc.assert(
    fc.property(weights, fc.float({ min: 0, max: 2, noNaN: true }), (w, other) => {
      const grid = scaleGrid([w.length, 1], 'tensor');
      const { codes, scales } = ternarize(w, grid);
      const error = (scale: number) => codes.reduce((sum, code, i) => sum + (scale * code - w[i]!) ** 2, 0);
      expect(error(scales[0]!)).toBeLessThanOrEqual(error(other) + 1e-4);
      expect(
        ternarize(
          w.map((v) => -v),
          grid,
        ).codes,
      ).toEqual(codes.map((code) => 0 - code));
    }),
  );
});
