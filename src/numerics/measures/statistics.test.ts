import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accuracy, accuracyPerClass, argmaxRows, confusionMatrix, mean, standardDeviation } from './statistics';

describe('mean and standard deviation', () => {
  it('gives the known answers', () => {
    expect(mean([2, 4, 4, 4, 5, 5, 7, 9])).toBe(5);
    // Squared deviations 9 1 1 1 0 0 4 16 sum to 32.
    expect(standardDeviation([2, 4, 4, 4, 5, 5, 7, 9])).toBeCloseTo(Math.sqrt(32 / 7), 12);
    expect(standardDeviation([3])).toBe(0);
    expect(mean([])).toBeNaN();
    expect(standardDeviation([])).toBeNaN();
  });

  it('shifts and scales as it should, without cancellation', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 2, maxLength: 30 }), (x) => {
        const moved = x.map((value) => 1e6 + 2 * value);
        expect(mean(moved)).toBeCloseTo(1e6 + 2 * mean(x), 6);
        expect(standardDeviation(moved)).toBeCloseTo(2 * standardDeviation(x), 6);
      }),
    );
  });
});

describe('argmaxRows', () => {
  it('takes the first of equals and never NaN', () => {
    const scores = Float32Array.of(1, 3, 3, 2, 2, 2, Number.NaN, -1, -2, Number.NaN, Number.NaN, Number.NaN);
    expect([...argmaxRows(scores, 3)]).toEqual([1, 0, 1, 0]);
  });
});

describe('confusion matrix', () => {
  const confusion = confusionMatrix([0, 0, 0, 1, 1, 2], [0, 0, 1, 1, 2, 2], 4);

  it('has true classes as rows', () => {
    expect([...confusion]).toEqual([2, 1, 0, 0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0]);
  });

  it('gives accuracy over all and per class', () => {
    expect(accuracy(confusion, 4)).toBeCloseTo(4 / 6, 12);
    const perClass = [...accuracyPerClass(confusion, 4)];
    expect(perClass.slice(0, 3)).toEqual([2 / 3, 1 / 2, 1]);
    expect(perClass[3]).toBeNaN();
  });

  it('refuses classes that do not exist and lists of different lengths', () => {
    expect(() => confusionMatrix([0], [4], 4)).toThrow(RangeError);
    expect(() => confusionMatrix([-1], [0], 4)).toThrow(RangeError);
    expect(() => confusionMatrix([0, 1], [0], 4)).toThrow(RangeError);
  });

  it('counts every example once, and accuracy is the share of equal pairs', () => {
    const pairs = fc.array(fc.tuple(fc.nat(4), fc.nat(4)), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(pairs, (list) => {
        const counts = confusionMatrix(
          list.map(([label]) => label),
          list.map(([, prediction]) => prediction),
          5,
        );
        expect(counts.reduce((a, count) => a + count, 0)).toBe(list.length);
        expect(accuracy(counts, 5)).toBeCloseTo(list.filter(([a, b]) => a === b).length / list.length, 12);
      }),
    );
  });
});
