import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scaleGrid } from '../scales/scale-grid';
import {
  clipTo,
  decodeSigns,
  glorotLimit,
  hardSigmoid,
  meanMagnitudes,
  signActivation,
  signActivationGradient,
  signCodes,
  spreadOver,
  stochasticSignCodes,
  xnorGradient,
} from './binary';

const stream = { seed: 7, purpose: 5, step: 3 };
const weights = fc
  .array(fc.float({ min: -3, max: 3, noNaN: true }), { minLength: 1, maxLength: 60 })
  .map((list) => Float32Array.from(list));

describe('known answers', () => {
  test('signs: zero, and minus zero, are positive', () => {
    expect([...signCodes(Float32Array.of(-2, -1e-9, -0, 0, 0.5))]).toEqual([0, 0, 1, 1, 1]);
  });

  test('hard sigmoid: a line from −H to H, and not clip(w, 0, 1)', () => {
    expect([-2, -1, -0.5, 0, 0.5, 1, 2].map((w) => hardSigmoid(w, 1))).toEqual([0, 0, 0.25, 0.5, 0.75, 1, 1]);
    expect(hardSigmoid(0.05, 0.1)).toBeCloseTo(0.75, 6);
  });

  test('the limit by which updates are scaled: √(1.5 / (784 + 2048))', () => {
    expect(glorotLimit(784, 2048)).toBeCloseTo(0.0230144, 6);
    expect(1 / glorotLimit(784, 2048)).toBeCloseTo(43.4511, 2);
  });

  test('one filter: α = mean |w| = (0.9 + 0.1 + 0.35 + 0.6 + 0.05 + 1.2) / 6', () => {
    const w = Float32Array.of(0.9, -0.1, 0.35, -0.6, 0.05, -1.2);
    const grid = scaleGrid([6, 1], 'channel');
    const scales = meanMagnitudes(w, grid);
    expect(scales[0]).toBeCloseTo(3.2 / 6, 6);
    expect([...decodeSigns(signCodes(w), scales, grid)].map(Math.sign)).toEqual([1, -1, 1, -1, 1, -1]);
    // dy (1/6 + α) inside (−1, 1), dy / 6 outside.
    const gradient = xnorGradient(w, new Float32Array(6).fill(3), grid);
    expect(gradient[0]).toBeCloseTo(0.5 + 1.6, 5);
    expect(gradient[5]).toBeCloseTo(0.5, 6);
  });

  test('spread over ±1: a root mean square of 1/√3, then cut', () => {
    const spread = spreadOver(Float32Array.of(0.1, -0.1, 0.1, -0.1), 1);
    for (const [i, v] of spread.entries()) expect(v).toBeCloseTo((i % 2 === 0 ? 1 : -1) / Math.sqrt(3), 6);
    expect([...spreadOver(Float32Array.of(0, 0, 0, 0, 0, 5), 0.5)]).toEqual([0, 0, 0, 0, 0, 0.5]);
    expect([...spreadOver(new Float32Array(2), 1)]).toEqual([0, 0]);
  });

  test('a scale for each output channel', () => {
    const w = Float32Array.of(1, -10, 3, 30);
    expect([...meanMagnitudes(w, scaleGrid([2, 2], 'channel'))]).toEqual([2, 20]);
  });
});

describe('properties', () => {
  test('α sign(w) is the best binary approximation: no other scale has a smaller squared error', () => {
    fc.assert(
      fc.property(weights, fc.float({ min: 0, max: 3, noNaN: true }), (w, other) => {
        const grid = scaleGrid([w.length, 1], 'tensor');
        const error = (scale: number) =>
          decodeSigns(signCodes(w), Float32Array.of(scale), grid).reduce((sum, v, i) => sum + (v - w[i]!) ** 2, 0);
        expect(error(meanMagnitudes(w, grid)[0]!)).toBeLessThanOrEqual(error(other) + 1e-4);
      }),
    );
  });

  test('stochastic signs are right on average inside the limit', () => {
    for (const w of [-0.9, -0.3, 0, 0.4, 0.8]) {
      const codes = stochasticSignCodes(new Float32Array(20_000).fill(w), 1, stream);
      const mean = codes.reduce((sum, code) => sum + 2 * code - 1, 0) / codes.length;
      expect(Math.abs(mean - w)).toBeLessThan(0.03);
    }
  });

  test('at the limit nothing is left to chance', () => {
    fc.assert(
      fc.property(weights, fc.float({ min: Math.fround(0.1), max: 2, noNaN: true }), (w, limit) => {
        const far = w.map((v) => (v >= 0 ? limit : -limit));
        expect(stochasticSignCodes(far, limit, stream)).toEqual(signCodes(far));
        for (const v of clipTo(w, limit)) expect(Math.abs(v)).toBeLessThanOrEqual(limit);
      }),
    );
  });
});

test('numbers that are not finite are refused', () => {
  expect(() => signCodes(Float32Array.of(1, Number.NaN))).toThrow('Value 1 is NaN; only finite numbers can be quantized.');
});

const x = Float32Array.of(0.5, -1.5, 0, 2, 0, 0.25, -0.25, 0.5);

test('each image has the mean of its magnitudes; what is not above 0 is negative', () => {
  expect([...signActivation(x, 2)]).toEqual([1, -1, -1, 1, -0.25, 0.25, -0.25, 0.25]);
});

test('its gradient is cut where |x| is above 1', () => {
  expect([...signActivationGradient(x, 2, new Float32Array(8).fill(2))]).toEqual([2, 0, 2, 0, 0.5, 0.5, 0.5, 0.5]);
});
