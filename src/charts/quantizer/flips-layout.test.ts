import { describe, expect, test } from 'vitest';
import { flipPoints, flipReadout, flipSentence, shareLimit, sharePath } from './flips-layout';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');
const inspection = (step: number, steps: number, changed: number, returned: number) => ({
  step,
  weights: 1000,
  flips: { changed, returned, steps },
});
const inspections = [
  { step: 0, weights: 1000, flips: null },
  inspection(100, 100, 50, 0),
  inspection(100, 0, 0, 0),
  inspection(220, 120, 20, 10),
];

test('the first inspection and inspections without training between are no points', () => {
  expect(flipPoints(inspections).map(({ step, changed }) => [step, changed])).toEqual([
    [100, 50],
    [220, 20],
  ]);
});

test('shares are drawn over steps, on an axis that a single weight does not fill', () => {
  const points = flipPoints(inspections);
  expect(
    sharePath(
      points,
      'returned',
      (s) => s,
      (share) => 1000 * share,
    ),
  ).toBe('M100.0 0.0L220.0 10.0');
  expect(shareLimit(points)).toBeCloseTo(0.056);
  expect(shareLimit([])).toBeCloseTo(0.00112);
});

describe('in words', () => {
  test('what changed and what came back', () => {
    expect(plain(flipSentence(flipPoints(inspections)[1]!))).toBe(
      'In the 120 steps up to step 220, 20 weights of 1,000 (2.0 %) changed their level, 10 of them back to their previous level.',
    );
    expect(flipSentence({ ...flipPoints(inspections)[1]!, steps: 1, changed: 0 })).toBe(
      'In the step up to step 220 no weight changed its level.',
    );
    expect(plain(flipReadout(flipPoints(inspections)[1]!))).toBe('step 220 · changed 20 (2.0 %) · back and forth 10');
  });
});
