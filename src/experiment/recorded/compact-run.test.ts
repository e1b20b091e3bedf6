import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Curve } from '../results/curves';
import { BUNDLED_POINTS, thinCurves } from './compact-run';

const range = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

test('losses are averaged, validations picked', () => {
  const curve = { step: range(80), value: range(80) };
  const { loss, validation } = thinCurves({ loss: curve, validation: curve });
  expect(loss.step.slice(0, 2)).toEqual([2, 4]);
  expect(loss.value.slice(0, 2)).toEqual([1.5, 3.5]);
  expect(validation.value.slice(0, 2)).toEqual([2, 4]);
  expect(thinCurves({ loss: { step: [1, 2], value: [0.123456, Number.NaN] }, validation: { step: [], value: [] } })).toEqual({
    loss: { step: [1, 2], value: [0.1235, Number.NaN] },
    validation: { step: [], value: [] },
  });
});

test('few points, the last step among them', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 700 }), (n) => {
      const curve = { step: range(n), value: range(n).map(() => 0.5) };
      for (const thin of Object.values<Curve>({ ...thinCurves({ loss: curve, validation: curve }) })) {
        expect(thin.step.length).toBe(thin.value.length);
        expect(thin.step.length).toBeLessThanOrEqual(BUNDLED_POINTS);
        expect(thin.step.at(-1)).toBe(n);
        expect(thin.value.every((value) => value === 0.5)).toBe(true);
      }
    }),
  );
});
