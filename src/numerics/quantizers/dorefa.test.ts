import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeEncoding } from '../container/encoding';
import { fillNormal, fillUniform, Purpose } from '../random/rng';
import {
  binaryScale,
  dorefaCodes,
  dorefaFit,
  dorefaGradient,
  dorefaPositions,
  dorefaRoundedGradient,
  dorefaValue,
  lastCode,
} from './dorefa';
import { evenBasis } from './levels';

const w = Float32Array.of(0.9, -0.1, 0.35, -0.6, 0.05, -1.2);
const values = (weights: Float32Array, bits: number) => [...dorefaCodes(weights, bits)].map((code) => dorefaValue(code, bits));
const weights = fc
  .array(fc.float({ min: -3, max: 3, noNaN: true }), { minLength: 1, maxLength: 30 })
  .map((list) => Float32Array.from(list));

describe('known answers', () => {
  it('2 bits: 1, −1/3, 1/3, −1/3, 1/3, −1', () => {
    const expected = [1, -1 / 3, 1 / 3, -1 / 3, 1 / 3, -1];
    for (const [i, value] of values(w, 2).entries()) expect(value).toBeCloseTo(expected[i]!, 6);
  });

  it('1 bit: the sign times the mean magnitude, and 0 counts as positive', () => {
    expect([...dorefaCodes(Float32Array.of(-2, 0, 1), 1)]).toEqual([0, 1, 1]);
    expect(binaryScale(Float32Array.of(-2, 0, 1))).toBe(1);
    expect([dorefaValue(0, 1, 1.5), dorefaValue(1, 1, 1.5)]).toEqual([-1.5, 1.5]);
    expect(dorefaFit(Float32Array.of(-2, 0, 1), 1)).toBe(1);
  });

  it('weights that are all 0 lie halfway, and go to the even code', () => {
    expect([...dorefaCodes(new Float32Array(2), 2)]).toEqual([2, 2]);
    expect([...dorefaGradient(new Float32Array(2), 2, w.slice(0, 2))]).toEqual([0, 0]);
  });

  it('gradients, by hand: 2 bits, m = 1, without noise', () => {
    // Places 1, 0.5, 0.75, 0.25, 0; times 3: 3, 1.5, 2.25, 0.75, 0, rounded 3, 2, 2, 1, 0.
    const g = Float32Array.of(1, 0, 0.5, -0.5, -1);
    const rounded = dorefaRoundedGradient(g, 1, 2, new Float32Array(5).fill(0.5));
    for (const [i, expected] of [1, 1 / 3, 1 / 3, -1 / 3, -1].entries()) expect(rounded[i]).toBeCloseTo(expected, 6);
  });

  it('refuses other bits and numbers that are not finite', () => {
    for (const bits of [0, 1.5, 17]) expect(() => lastCode(bits)).toThrow(RangeError);
    for (const bits of [1, 2]) expect(() => dorefaCodes(Float32Array.of(1, Number.NaN), bits)).toThrow(RangeError);
  });
});

describe('weights', () => {
  it('are stored as a basis: the decoded values are those of the codes', () => {
    fc.assert(
      fc.property(weights, fc.integer({ min: 1, max: 8 }), (list, bits) => {
        const codes = dorefaCodes(list, bits);
        const decoded = decodeEncoding({ kind: 'basis', bits, codes, basis: evenBasis(0.7, bits) }, [list.length]);
        for (const [i, code] of codes.entries()) expect(decoded[i]).toBeCloseTo(dorefaValue(code, bits, 0.7), 6);
      }),
    );
  });

  it('keep their order, lie in −1 … 1, and are off by at most half a step of what tanh made of them', () => {
    fc.assert(
      fc.property(weights, fc.integer({ min: 2, max: 8 }), (list, bits) => {
        const sorted = list.slice().sort();
        const found = values(sorted, bits);
        for (const [i, position] of dorefaPositions(sorted).entries()) {
          expect(Math.abs(found[i]! - (2 * position - 1))).toBeLessThanOrEqual(1.001 / lastCode(bits));
          if (i > 0) expect(found[i]!).toBeGreaterThanOrEqual(found[i - 1]!);
        }
      }),
    );
  });

  it('have the true gradient of 2 · place − 1, by differences', () => {
    const dy = w.map((_, i) => Math.cos(i));
    // In double precision.
    const at = (list: number[]) => {
      const bent = list.map(Math.tanh);
      const largest = Math.max(...bent.map(Math.abs));
      return bent.reduce((sum, t, i) => sum + (0.7 * t * dy[i]!) / largest, 0);
    };
    const gradient = dorefaGradient(w, 2, dy, 0.7);
    for (const i of w.keys()) {
      const moved = (by: number) => at([...w].map((v, j) => (i === j ? v + by : v)));
      expect(gradient[i]).toBeCloseTo((moved(1e-5) - moved(-1e-5)) / 2e-5, 4);
    }
    expect([...dorefaGradient(w, 1, dy)]).toEqual([...dy]);
  });

  it('share the gradient of the largest where several are the largest', () => {
    const [a, b] = dorefaGradient(Float32Array.of(1, -1), 2, Float32Array.of(1, -1));
    // 2 · place − 1 is ±1 however both grow together.
    expect([a, b]).toEqual([expect.closeTo(0, 6), expect.closeTo(0, 6)]);
  });

  it('the fitted α is the best one', () => {
    fc.assert(
      fc.property(
        weights.filter((list) => list.some((v) => Math.abs(v) > 1e-3)),
        fc.integer({ min: 2, max: 4 }),
        fc.float({ min: 0, max: 2, noNaN: true }),
        (list, bits, other) => {
          const q = values(list, bits);
          const error = (scale: number) => q.reduce((sum, v, i) => sum + (scale * v - list[i]!) ** 2, 0);
          expect(error(dorefaFit(list, bits))).toBeLessThanOrEqual(error(other) + 1e-6);
        },
      ),
    );
  });
});

describe('gradients', () => {
  it('are right on average, and within half a step and the noise', () => {
    const g = new Float32Array(40);
    fillNormal(g, 3, 1, 0);
    const mean = new Float64Array(40);
    const draws = new Float32Array(40);
    const runs = 4000;
    for (let step = 0; step < runs; step++) {
      fillUniform(draws, 1, Purpose.noise, step);
      for (const [i, v] of dorefaRoundedGradient(g, 4, 3, draws).entries()) mean[i]! += v / runs;
    }
    for (let i = 0; i < g.length; i++) {
      const largest = g.subarray(i - (i % 10), i - (i % 10) + 10).reduce((most, v) => Math.max(most, Math.abs(v)), 0);
      // A step is 2 m / 7; the error of a mean of 4,000 is below half a step / √4000 ≈ 0.0023 m; five of them.
      expect(Math.abs(mean[i]! - g[i]!)).toBeLessThan(0.0113 * largest);
    }
  });

  it('of an example that are all 0 stay 0; others do not depend on it', () => {
    const g = Float32Array.of(0, 0, 3, -1);
    const draws = Float32Array.of(0.1, 0.9, 0.4, 0.6);
    const rounded = dorefaRoundedGradient(g, 2, 4, draws);
    expect([...rounded.subarray(0, 2)]).toEqual([0, 0]);
    expect(rounded.slice(2)).toEqual(dorefaRoundedGradient(g.slice(2), 1, 4, draws.slice(2)));
  });
});
