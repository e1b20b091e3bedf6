import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scaleGrid } from '../scales/scale-grid';
import { ternarize, ttqCodes, ttqFit, ttqGradients, ttqValues } from './ternary';

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

const w = Float32Array.of(0.9, -0.1, 0.35, -0.6, 0.05, -1.2);

test('known answers: Δ = 0.05 · 1.2 = 0.06', () => {
  const codes = ttqCodes(w, 0.05);
  expect([...codes]).toEqual([2, 0, 2, 0, 1, 0]);
  expect([...ttqValues(codes, { positive: 1, negative: 0.5 })]).toEqual([1, -0.5, 1, -0.5, 0, -0.5]);
  const { positive, negative } = ttqFit(w, 0.05);
  expect([positive, negative]).toEqual([expect.closeTo(0.625, 6), expect.closeTo(1.9 / 3, 6)]);
  const gradients = ttqGradients(codes, { positive: 3, negative: 2 }, Float32Array.of(1, 2, 4, 8, 16, 32));
  expect([...gradients.values]).toEqual([3, 4, 12, 16, 16, 64]);
  expect([gradients.positive, gradients.negative]).toEqual([5, -42]);
});

test('zeros stay zeros, and a side without weights has the level 0', () => {
  expect([...ttqCodes(new Float32Array(2), 0.05)]).toEqual([1, 1]);
  expect(ttqFit(Float32Array.of(1, 2), 0.05)).toEqual({ positive: 1.5, negative: 0 });
  expect(() => ttqCodes(Float32Array.of(Number.NaN), 0.05)).toThrow(RangeError);
});

const weights = fc
  .array(fc.float({ min: -2, max: 2, noNaN: true }), { minLength: 1, maxLength: 30 })
  .map((list) => Float32Array.from(list));

test('the gradients by the levels are the true ones, by differences', () => {
  fc.assert(
    fc.property(weights, (list) => {
      const codes = ttqCodes(list, 0.2);
      const dy = list.map((_, i) => Math.cos(i));
      const at = (positive: number, negative: number) =>
        ttqValues(codes, { positive, negative }).reduce((sum, v, i) => sum + v * dy[i]!, 0);
      const found = ttqGradients(codes, { positive: 1, negative: 1 }, dy);
      expect(found.positive).toBeCloseTo((at(1.5, 1) - at(0.5, 1)) / 1, 4);
      expect(found.negative).toBeCloseTo((at(1, 1.5) - at(1, 0.5)) / 1, 4);
    }),
  );
});

test('codes are ordered as weights are, negated weights have mirrored codes, and fitted levels are the best', () => {
  fc.assert(
    fc.property(weights, fc.float({ min: 0, max: 2, noNaN: true }), (list, other) => {
      const sorted = list.slice().sort();
      const codes = ttqCodes(sorted, 0.1);
      for (let i = 1; i < codes.length; i++) expect(codes[i]).toBeGreaterThanOrEqual(codes[i - 1]!);
      expect(
        ttqCodes(
          sorted.map((v) => -v),
          0.1,
        ),
      ).toEqual(codes.map((code) => 2 - code));
      const fit = ttqFit(sorted, 0.1);
      const error = (positive: number, negative: number) =>
        ttqValues(codes, { positive, negative }).reduce((sum, v, i) => sum + (v - sorted[i]!) ** 2, 0);
      expect(error(fit.positive, fit.negative)).toBeLessThanOrEqual(
        Math.min(error(other, fit.negative), error(fit.positive, other)) + 1e-5,
      );
    }),
  );
});
