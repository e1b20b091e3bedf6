import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { numericalGradient, someValues } from '../testing/finite-differences';
import { softmaxCrossEntropy, squaredHinge } from './loss';

describe('softmaxCrossEntropy', () => {
  it('of equal logits is ln(classes); the first class counts as the answer', () => {
    const { loss, correct, gradient } = softmaxCrossEntropy(Float32Array.of(2, 2, 2, 2), [0], 4);
    expect(loss).toBeCloseTo(Math.log(4), 12);
    expect(correct).toBe(1);
    expect([...gradient]).toEqual([-0.75, 0.25, 0.25, 0.25]);
    expect(softmaxCrossEntropy(Float32Array.of(2, 2, 2, 2), [1], 4).correct).toBe(0);
  });

  it('of logits 0 and ln 3 has the probabilities 1/4 and 3/4, averaged over rows', () => {
    const logits = Float64Array.of(0, Math.log(3), 0, Math.log(3));
    const { loss, correct, gradient } = softmaxCrossEntropy(logits, [0, 1], 2);
    expect(loss).toBeCloseTo((Math.log(4) + Math.log(4 / 3)) / 2, 12);
    expect(correct).toBe(1);
    [-0.375, 0.375, 0.125, -0.125].forEach((expected, i) => {
      expect(gradient[i]).toBeCloseTo(expected, 12);
    });
  });

  it('survives large logits', () => {
    const { loss } = softmaxCrossEntropy(Float32Array.of(1e30, 0), [1], 2);
    expect(loss).toBe(Math.fround(1e30));
    expect(softmaxCrossEntropy(Float32Array.of(-1000, -1001), [0], 2).loss).toBeCloseTo(Math.log(1 + Math.exp(-1)), 12);
  });

  it('refuses labels that are no class and logits that do not fit', () => {
    expect(() => softmaxCrossEntropy(Float32Array.of(1, 2), [2], 2)).toThrow(RangeError);
    expect(() => softmaxCrossEntropy(Float32Array.of(1, 2, 3), [0], 2)).toThrow(RangeError);
  });

  const batches = fc.integer({ min: 1, max: 4 }).chain((rows) =>
    fc.record({
      labels: fc.array(fc.nat(2), { minLength: rows, maxLength: rows }),
      logits: fc
        .array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: rows * 3, maxLength: rows * 3 })
        .map((list) => Float64Array.from(list)),
    }),
  );

  it('has the gradient that finite differences give; it sums to 0 in every row', () => {
    fc.assert(
      fc.property(batches, ({ labels, logits }) => {
        const { gradient } = softmaxCrossEntropy(logits, labels, 3);
        const numerical = numericalGradient((x) => softmaxCrossEntropy(x, labels, 3).loss, logits);
        gradient.forEach((value, i) => {
          expect(value).toBeCloseTo(numerical[i] as number, 7);
        });
        labels.forEach((_, row) => {
          expect(gradient.subarray(row * 3, row * 3 + 3).reduce((a, b) => a + b, 0)).toBeCloseTo(0, 12);
        });
      }),
    );
  });

  it('does not change when a constant is added to all logits', () => {
    fc.assert(
      fc.property(batches, fc.integer({ min: -50, max: 50 }), ({ labels, logits }, shift) => {
        const moved = logits.map((x) => x + shift);
        expect(softmaxCrossEntropy(moved, labels, 3).loss).toBeCloseTo(softmaxCrossEntropy(logits, labels, 3).loss, 9);
      }),
    );
  });
});

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
