import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accuracyRange, bucketSize, evaluationAt, lossRange, pairColumns, traceColumns } from './trace-data';

const series = (loss: number[], evaluations: { step: number; accuracy: number; loss: number }[] = [], boundaries: number[] = [0]) => ({
  steps: loss.length,
  loss: Float32Array.from(loss),
  evaluations,
  boundaries,
});

test('bucket sizes are powers of two and enough', () => {
  expect(bucketSize(300, 300)).toBe(1);
  expect(bucketSize(301, 300)).toBe(2);
  expect(bucketSize(100_000, 300)).toBe(512);
});

describe('traceColumns', () => {
  test('a short run is drawn step by step', () => {
    const columns = traceColumns(series([2, 1, 0.5]), Number.POSITIVE_INFINITY, 100);
    expect(columns.step).toEqual([1, 2, 3]);
    expect(columns.rawFloat).toEqual([2, 1, 0.5]);
    expect(columns.smoothFloat[0]).toBe(2);
    // keep = 0.9: (0.9 · 2 + 1) / (0.9 + 1)
    expect(columns.smoothFloat[1]).toBeCloseTo(2.8 / 1.9, 12);
    expect(columns.rawCompressed).toEqual([null, null, null]);
  });

  test('a bucket keeps its extremes in the order of their steps', () => {
    const columns = traceColumns(series([1, 4, 2, 3, 9, 5, 8, 6]), Number.POSITIVE_INFINITY, 2);
    expect(columns.step).toEqual([1, 2, 5, 6]);
    expect(columns.rawFloat).toEqual([1, 4, 9, 5]);
  });

  test('steps from the first compression on go to the compressed columns, and smoothing restarts with a stage', () => {
    const columns = traceColumns(series([2, 2, 8, 8], [], [0, 2]), 2, 100);
    expect(columns.rawCompressed).toEqual([null, null, 8, 8]);
    expect(columns.smoothCompressed[2]).toBe(8);
    expect(columns.smoothFloat).toEqual([2, 2, null, null]);
  });

  test('two validations of one step are both drawn, in order', () => {
    const evaluations = [
      { step: 2, accuracy: 0.98, loss: 0.1 },
      { step: 2, accuracy: 0.6, loss: 1 },
    ];
    const columns = traceColumns(series([1, 1, 1], evaluations), Number.POSITIVE_INFINITY, 100);
    expect(columns.step).toEqual([1, 2, 2, 2, 3]);
    expect(columns.accuracy).toEqual([null, null, 0.98, 0.6, null]);
  });

  test('rows are where the axis has them, stages without training in places of their own', () => {
    const evaluations = [
      { stage: 0, step: 2, accuracy: 0.98, loss: 0.1 },
      { stage: 1, step: 2, accuracy: 0.6, loss: 1 },
    ];
    const place = (step: number, stage?: number) => (step > 2 || stage === 1 ? step + 10 : step);
    const columns = traceColumns(series([1, 1, 1], evaluations), Number.POSITIVE_INFINITY, 100, place);
    expect(columns.step).toEqual([1, 2, 2, 2, 3]);
    expect(columns.at).toEqual([1, 2, 2, 12, 13]);
  });

  test('validations without any training step are kept', () => {
    expect(traceColumns(series([], [{ step: 0, accuracy: 0.1, loss: 2.3 }]), 0, 100).accuracy).toEqual([0.1]);
  });

  test('lost numbers are left out', () => {
    const columns = traceColumns(series([1, Number.NaN, Number.POSITIVE_INFINITY, 2]), Number.POSITIVE_INFINITY, 100);
    expect(columns.step).toEqual([1, 4]);
    expect(columns.smoothFloat.every((v) => v !== null && Number.isFinite(v))).toBe(true);
  });

  test('rows are bounded, in order, and hold the extremes of the run', () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ min: 0, max: 10, noNaN: true }), { minLength: 1, maxLength: 600 }),
        fc.integer({ min: 1, max: 50 }),
        (loss, buckets) => {
          const columns = traceColumns(series(loss), Number.POSITIVE_INFINITY, buckets);
          expect(columns.step.length).toBeLessThanOrEqual(2 * buckets);
          expect(columns.step.every((s, i) => i === 0 || s > columns.step[i - 1]!)).toBe(true);
          expect(Math.max(...(columns.rawFloat as number[]))).toBe(Math.max(...loss));
          expect(Math.min(...(columns.rawFloat as number[]))).toBe(Math.min(...loss));
        },
      ),
    );
  });
});

test('the loss axis holds the smoothed line', () => {
  const columns = { smoothFloat: [2, 0.5, null], smoothCompressed: [null, null, 0.1] };
  expect(lossRange(columns, false)).toEqual([0, 2.12]);
  expect(lossRange(columns, true)).toEqual([0.06, 2.6]);
  expect(lossRange({ smoothFloat: [], smoothCompressed: [] }, false)).toEqual([0, 1]);
});

test('the accuracy axis starts at the ten per cent below the lowest value', () => {
  expect(accuracyRange([{ accuracy: 0.97 }])).toEqual([0.9, 1]);
  expect(accuracyRange([{ accuracy: 0.97 }, { accuracy: 0.43 }])).toEqual([0.4, 1]);
  expect(accuracyRange([{ accuracy: 0.04 }])).toEqual([0, 1]);
});

test('the validation of a step is the last one made by then', () => {
  const evaluations = [{ step: 100 }, { step: 200 }, { step: 200, second: true }];
  expect(evaluationAt(evaluations, 99)).toBeUndefined();
  expect(evaluationAt(evaluations, 150)).toBe(evaluations[0]);
  expect(evaluationAt(evaluations, 200)).toBe(evaluations[2]);
});

test('two runs over one axis: rows in order of step, nothing lost', () => {
  const series = (loss: readonly number[], at: number) => ({
    steps: loss.length,
    loss: Float32Array.from(loss),
    evaluations: [{ step: at, accuracy: 0.5, loss: 1 }],
    boundaries: [0],
  });
  const own = traceColumns(series([4, 3, 2, 1], 4), Number.POSITIVE_INFINITY, 100);
  const other = traceColumns(series([Number.NaN, Number.NaN, 8, 9], 3), 0, 100);
  const both = pairColumns(own, other);
  expect(both.step).toEqual([1, 2, 3, 3, 3, 4, 4, 4]);
  expect(both.rawFloat.filter((v) => v !== null)).toEqual([4, 3, 2, 1]);
  expect(both.otherCompressed.filter((v) => v !== null)).toEqual(other.smoothCompressed.filter((v) => v !== null));
  expect(both.otherFloat.every((v) => v === null)).toBe(true);
  expect(both.accuracy.filter((v) => v !== null)).toHaveLength(1);
  expect(both.otherAccuracy.filter((v) => v !== null)).toHaveLength(1);
  expect(lossRange(both, false)[1]).toBeGreaterThan(8);
});
