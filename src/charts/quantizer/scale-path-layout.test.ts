import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { figure, logTicks } from '../shared/plot-figures';
import { labelRows, markReadout, pathDomains, pathPoints, pathSummary, type ScaleCurve } from './scale-path-layout';

const curve: ScaleCurve = {
  current: { scale: 0.4, error: 0.03 },
  scales: [0.1, 0.2, 0.4],
  errors: [0.05, 0.01, 0.03],
  calibrated: {
    minMax: { scale: 0.4, error: 0.03 },
    percentile: { scale: 0.3, error: 0.02 },
    optimum: { scale: 0.2, error: 0.01 },
  },
};

test('inspections without a scale are not on the path', () => {
  const inspections = [
    { step: 0, scale: null, error: 1 },
    { step: 1, scale: 0, error: 1 },
    { step: 2, scale: 0.1, error: 0.2 },
  ];
  expect(pathPoints(inspections)).toEqual([{ step: 2, scale: 0.1, error: 0.2 }]);
});

test('the axes hold curve and path, and are never empty', () => {
  const { scale, error } = pathDomains(curve, [{ step: 1, scale: 0.05, error: 0.001 }]);
  expect(scale).toEqual([0.05, 0.4]);
  expect(error[0]).toBeLessThan(0.001);
  expect(error[1]).toBeGreaterThan(0.05);
  const one = { scale: 1, error: 0.5 };
  const point = pathDomains({ current: one, scales: [1], errors: [0.5], calibrated: null }, []);
  expect(point.scale).toEqual([0.5, 2]);
});

test('labels keep apart and within the picture, each in the first row that has room', () => {
  const labels = labelRows(
    [
      { text: 'least error', at: 100 },
      { text: '99.9 %', at: 110 },
      { text: 'min-max', at: 196 },
    ],
    0,
    200,
  );
  expect(labels.map(({ row }) => row)).toEqual([0, 1, 0]);
  fc.assert(
    fc.property(
      fc.array(fc.record({ text: fc.string({ minLength: 1, maxLength: 9 }), at: fc.integer({ min: 0, max: 200 }) }), { maxLength: 6 }),
      (list) => {
        const placed = labelRows(list, 0, 200);
        for (const [i, a] of placed.entries()) {
          expect(a.x - 3 * a.text.length).toBeGreaterThanOrEqual(-1e-9);
          expect(a.x + 3 * a.text.length).toBeLessThanOrEqual(200 + 1e-9);
          for (const b of placed.slice(i + 1))
            if (a.row === b.row) expect(b.x - a.x).toBeGreaterThanOrEqual(3 * (a.text.length + b.text.length));
        }
      },
    ),
  );
});

describe('in words', () => {
  test('how far from the best', () => {
    expect(pathSummary(curve, 0, 1)).toBe(
      'The scale in use is 0.400, clips nothing; its squared error is 3.0 times the least possible, at 0.200.',
    );
    expect(pathSummary({ ...curve, current: { scale: 0.2, error: 0.01 } }, 150, 300)).toBe(
      'Scale 151 of 300 is 0.200; its squared error is the least possible.',
    );
    expect(pathSummary({ ...curve, calibrated: null }, 406, 784)).toBe(
      'Scale 407 of 784 is 0.400, its mean squared error 0.0300. Codes are not limited here: a smaller scale has less error and more codes.',
    );
    expect(markReadout('min-max', { scale: 0.4, error: 0.03 })).toBe('min-max · scale 0.400 · mean squared error 0.0300');
  });
});

describe('figures', () => {
  test('of a logarithmic axis are 1, 2, 5, or powers where these are too many', () => {
    expect(logTicks([0.015, 0.3], 9)).toEqual([0.02, 0.05, 0.1, 0.2]);
    expect(logTicks([1e-6, 0.3], 6)).toEqual([1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1].map((v) => expect.closeTo(v, 12)));
    expect(logTicks([1e-9, 1], 5)).toHaveLength(5);
  });

  test('have a true minus sign and no rounding noise', () => {
    expect([figure(-0.1), figure(0.30000000000000004)]).toEqual(['−0.1', '0.3']);
  });
});
