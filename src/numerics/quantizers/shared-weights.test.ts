import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shareWeights, sharingRate } from './shared-weights';

const stream = { seed: 1, purpose: 0 };

test('figure 3 of the paper: four clusters of its 4 × 4 weights', () => {
  const w = Float32Array.of(2.09, -0.98, 1.48, 0.09, 0.05, -0.14, -1.08, 2.12, -0.91, 1.92, 0, -1.03, 1.87, 0, 1.53, 1.49);
  const { codes, levels } = shareWeights(w, 4, 'linear', stream);
  expect([...levels].map((v) => Math.round(100 * v) / 100)).toEqual([-1, 0, 1.5, 2]);
  // The paper's indices: the two zeros are not fitted, and in the nearest cluster.
  const expected = [3, 0, 2, 1, 1, 1, 0, 3, 0, 3, 1, 0, 3, 1, 2, 2];
  expect([...codes]).toEqual(expected);
});

test('equation 1: 16 weights in 4 clusters are 3.2 times smaller', () => {
  expect(sharingRate(16, 4)).toBeCloseTo(3.2, 10);
});

describe('clusters', () => {
  test('are as many as have weights, at most k; every weight is in the nearest', () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ min: -2, max: 2, noNaN: true }), { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom('linear' as const, 'density' as const, 'random' as const),
        (numbers, k, start) => {
          const values = Float32Array.from(numbers, (v) => v + 0);
          const { codes, levels } = shareWeights(values, k, start, stream);
          expect(levels.length).toBeLessThanOrEqual(k);
          values.forEach((value, i) => {
            if (value === 0) return;
            const own = Math.abs(value - levels[codes[i]!]!);
            const least = Math.min(...levels.map((level) => Math.abs(value - level)));
            expect(own).toBeLessThanOrEqual(least + 1e-6);
          });
        },
      ),
    );
  });

  test('a layer without weights left has one level, 0', () => {
    expect(shareWeights(new Float32Array(3), 4, 'linear', stream)).toEqual({ codes: new Int32Array(3), levels: new Float32Array(1) });
  });
});
