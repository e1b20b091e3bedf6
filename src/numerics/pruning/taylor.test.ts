import fc from 'fast-check';
import { expect, test } from 'vitest';
import { snipScores } from './snip';
import { taylorScores } from './taylor';

test('|w g|, by hand; the arrays stay as they are', () => {
  const [weights, gradients] = [Float32Array.of(2, -0.5, 0, 4), Float32Array.of(-0.25, -1, 7, 0)];
  expect([...taylorScores(weights, gradients)]).toEqual([0.5, 0.5, 0, 0]);
  expect([...weights, ...gradients]).toEqual([2, -0.5, 0, 4, -0.25, -1, 7, 0]);
  expect(() => taylorScores(weights, Float32Array.of(1))).toThrow('There are 4 weights and 1 gradients.');
});

test('of a linear loss, the score is the change that removing the weight makes', () => {
  const numbers = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 4, maxLength: 4 }).map((list) => Float32Array.from(list));
  fc.assert(
    fc.property(numbers, numbers, fc.nat(3), (weights, gradients, removed) => {
      const loss = (w: Float32Array) => w.reduce((sum, value, i) => sum + value * gradients[i]!, 0);
      const without = weights.map((value, i) => (i === removed ? 0 : value));
      expect(taylorScores(weights, gradients)[removed]).toBe(Math.abs(loss(weights) - loss(without)));
    }),
  );
});

test('SNIP: the same over all tensors, as shares of 1', () => {
  const scores = snipScores([Float32Array.of(1, -2), Float32Array.of(4)], [Float32Array.of(3, 0.5), Float32Array.of(-1)]);
  expect(scores.map((own) => [...own])).toEqual([[0.375, 0.125], [0.5]]);
  expect(snipScores([Float32Array.of(1)], [Float32Array.of(0)])).toEqual([Float32Array.of(0)]);
});
