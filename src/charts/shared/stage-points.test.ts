import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { circled } from '../../numerics/measures/number-words';
import { accuracyAxis, bitsAxis, labelSides, type StagePoint, stageReadout, stagesSummary } from './stage-points';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');
const point = (stage: number, accuracy: number, bitsPerWeight: number): StagePoint => ({
  stage,
  mark: circled(stage + 1),
  kind: 'train',
  accuracy,
  bitsPerWeight,
  totalBits: bitsPerWeight * 1000,
  compressed: bitsPerWeight < 16,
});

describe('axes', () => {
  test('accuracy has air, and two points at least', () => {
    expect(accuracyAxis([{ accuracy: 0.978 }])).toEqual({ domain: [96.5, 98.5], ticks: [96.5, 97, 97.5, 98, 98.5] });
  });

  test('every accuracy lies inside its axis, ticks too', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 6 }), (values) => {
        const { domain, ticks } = accuracyAxis(values.map((accuracy) => ({ accuracy })));
        for (const v of [...values.map((a) => a * 100), ...ticks]) {
          expect(v).toBeGreaterThanOrEqual(domain[0] - 1e-9);
          expect(v).toBeLessThanOrEqual(domain[1] + 1e-9);
        }
        expect(ticks.length).toBeGreaterThan(1);
        expect(ticks.length).toBeLessThan(10);
      }),
    );
  });

  test('bits per weight on powers of two', () => {
    expect(bitsAxis([point(0, 1, 32.1), point(1, 1, 4)]).ticks).toEqual([1, 2, 4, 8, 16, 32]);
    expect(bitsAxis([point(0, 1, 0.6)]).ticks[0]).toBe(0.5);
    expect(bitsAxis([point(0, 1, 70)]).ticks.at(-1)).toBe(64);
  });
});

test('labels of neighbours stand on both sides', () => {
  expect(
    labelSides(
      [
        { x: 0, y: 0 },
        { x: 2, y: 3 },
        { x: 90, y: 0 },
      ],
      14,
    ),
  ).toEqual(['right', 'left', 'right']);
});

test('sentences', () => {
  expect(plain(stagesSummary([point(0, 0.978, 32.1)]))).toBe('After stage ①: 97.8 % at 32.1 bits per weight.');
  expect(plain(stagesSummary([point(0, 0.978, 32.1), point(2, 0.974, 4)]))).toBe(
    'From 97.8 % at 32.1 bits per weight after ① to 97.4 % at 4.0 bits per weight after ③: 0.40 points less.',
  );
  expect(plain(stageReadout(point(1, 0.9741, 4)))).toBe('② train · test accuracy 97.41 % · 4.00 bits per weight · 4,000 bits');
  expect(stagesSummary([])).toBe('');
});
