import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { activeShares, aliveScores, l1Scores, l2Scores, medianScores, normalizedScores, taylorScores } from './unit-scores';

// Three units of two weights: (3, 4), (0, 0), (−1, 0).
const kernel = Float32Array.of(3, 0, -1, 4, 0, 0);

describe('scores of units, by hand', () => {
  test('norms', () => {
    expect([...l1Scores(kernel, 3)]).toEqual([7, 0, 1]);
    expect([...l2Scores(kernel, 3)]).toEqual([5, 0, 1]);
    expect([...aliveScores(kernel, 3)]).toEqual([1, 0, 1]);
  });

  test('distances to the other units: the one between the others has the least', () => {
    const [a, b, c] = medianScores(kernel, 3);
    // 5 to the zero unit, √32 to the third; 1 between the last two.
    expect(a).toBeCloseTo(5 + Math.sqrt(32), 5);
    expect(b).toBeCloseTo(6, 5);
    expect(c).toBeCloseTo(1 + Math.sqrt(32), 5);
    // On a line the median is the middle, although its norm is not the least.
    expect([...medianScores(Float32Array.of(1, 2, 5), 3)]).toEqual([5, 4, 7]);
  });

  test('the change of the loss, to first order: products are added before they are squared', () => {
    expect([...taylorScores(kernel, Float32Array.of(1, 9, 2, -0.5, 9, 9), 3)]).toEqual([1, 0, 4]);
  });

  test('for a loss that is linear in the weights, the score is the squared change of the loss exactly', () => {
    const gradient = Float32Array.of(0.5, 1, -2, 0.25, 3, 4);
    const loss = (weights: ArrayLike<number>) => gradient.reduce((sum, g, i) => sum + g * (weights[i] ?? 0), 0);
    const without = kernel.map((w, i) => (i % 3 === 0 ? 0 : w));
    expect(taylorScores(kernel, gradient, 3)[0]).toBeCloseTo((loss(kernel) - loss(without)) ** 2, 6);
  });

  test('APoZ: of four outputs of each unit, 1, 4 and 0 are not 0', () => {
    expect([...activeShares(Float32Array.of(0, 1, 0, 2, 1, 0, 0, -1, 0, 0, 3, 0), 3)]).toEqual([0.25, 1, 0]);
  });

  test('normalized scores have length 1, and zeros stay', () => {
    expect([...normalizedScores(Float32Array.of(3, 0, 4))]).toEqual([Math.fround(0.6), 0, Math.fround(0.8)]);
    expect([...normalizedScores(new Float32Array(2))]).toEqual([0, 0]);
  });
});

test('the order of the units in a layer changes nothing but the order of the scores', () => {
  const values = fc.array(fc.float({ min: -8, max: 8, noNaN: true }), { minLength: 12, maxLength: 12 });
  fc.assert(
    fc.property(values, fc.integer({ min: 0, max: 3 }), (list, shift) => {
      const turn = (array: readonly number[]) => Float32Array.from(array, (_, i) => array[i - (i % 4) + (((i % 4) + shift) % 4)] ?? 0);
      for (const score of [l1Scores, l2Scores, medianScores, aliveScores, activeShares]) {
        const [plain, turned] = [score(Float32Array.from(list), 4), score(turn(list), 4)];
        for (const [u, value] of turned.entries()) expect(value).toBeCloseTo(plain[(u + shift) % 4] ?? Number.NaN, 3);
      }
    }),
  );
});
