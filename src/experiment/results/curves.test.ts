import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CURVE_POINTS, CurveRecorder } from './curves';

test('few losses are kept as they are', () => {
  const recorder = new CurveRecorder();
  recorder.addLosses(5, Float32Array.of(2, 1));
  recorder.addLosses(7, Float32Array.of(0.5));
  recorder.addValidation(7, 0.8);
  recorder.addValidation(8, 0.9);
  recorder.addValidation(8, 0.9);
  recorder.addValidation(8, 0.7);
  expect(recorder.curves()).toEqual({
    loss: { step: [6, 7, 8], value: [2, 1, 0.5] },
    validation: { step: [7, 8, 8], value: [0.8, 0.9, 0.7] },
  });
});

test('many losses become means of equal stretches, the last one at the last step', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 300 }), (count, turn) => {
      const recorder = new CurveRecorder();
      for (let from = 0; from < count; from += turn) {
        recorder.addLosses(
          from,
          Float32Array.from({ length: Math.min(turn, count - from) }, (_, i) => from + i),
        );
      }
      const { step, value } = recorder.curves().loss;
      expect(step.length).toBe(value.length);
      expect(step.length).toBeLessThanOrEqual(CURVE_POINTS);
      expect(step.length).toBeGreaterThanOrEqual(Math.min(count, CURVE_POINTS / 2));
      expect(step.at(-1)).toBe(count);
      // The loss of step i is i: a stretch of n steps that ends with step s has the mean s − (n + 1) / 2.
      for (let i = 1; i < step.length; i++) {
        expect(step[i]!).toBeGreaterThan(step[i - 1]!);
        expect(value[i]!).toBeGreaterThan(value[i - 1]!);
        expect(value[i]!).toBeLessThan(step[i]!);
      }
    }),
    { numRuns: 200 },
  );
});
