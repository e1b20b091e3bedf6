import { describe, expect, test } from 'vitest';
import { numericalGradient, someValues } from './finite-differences';
import { squaredHinge } from './squared-hinge';

describe('squared hinge', () => {
  test('two rows by hand', () => {
    // Row 1, label 0: 1 − 2 < 0; 1 + 0.5 = 1.5; 1 − 3 < 0. Row 2, label 2: 1 + 0 = 1; 1 + 1 = 2; 1 − 0.5 = 0.5.
    const { loss, correct, gradient } = squaredHinge(Float32Array.of(2, 0.5, -3, 0, 1, 0.5), [0, 2], 3);
    expect(loss).toBeCloseTo((2.25 + 1 + 4 + 0.25) / 6, 12);
    expect(correct).toBe(1);
    expect([...gradient].map((g) => g * 6)).toEqual([-0, 3, 0, 2, 4, -1].map((g) => expect.closeTo(g, 12)));
  });

  test('the gradient is the one of finite differences', () => {
    const y = someValues(20, 0.3).map((v) => 1.7 * v);
    const labels = [0, 3, 2, 4];
    const { gradient } = squaredHinge(y, labels, 5);
    const numeric = numericalGradient((x) => squaredHinge(x, labels, 5).loss, y);
    for (const [i, g] of gradient.entries()) expect(g).toBeCloseTo(numeric[i]!, 8);
  });

  test('is 0, with no gradient, once every margin is kept', () => {
    const { loss, gradient } = squaredHinge(Float32Array.of(1, -1, -1.5), [0], 3);
    expect(loss).toBe(0);
    expect([...gradient].every((g) => g === 0)).toBe(true);
  });

  test('labels that are no class, and arrays that do not fit, are refused', () => {
    expect(() => squaredHinge(new Float32Array(3), [3], 3)).toThrow('Row 0 has the label 3; there are 3 classes.');
    expect(() => squaredHinge(new Float32Array(4), [0], 3)).toThrow('1 rows of 3 outputs are not 4 numbers.');
  });
});
