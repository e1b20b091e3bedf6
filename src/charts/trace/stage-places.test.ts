import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { placesFor, positionAfter, positionOfStep, stageChanges, stepAt, stillStages, type TraceStage } from './stage-places';

const stage = (steps: number | null, on = true): TraceStage => ({ mark: '', name: '', short: '', on, steps, compresses: steps === null });

describe('stages without training', () => {
  test('are where the program will have them until they begin', () => {
    const program = [stage(100), stage(null), stage(null, false), stage(50), stage(null)];
    expect(stillStages(program, [])).toEqual([
      { stage: 1, at: 100 },
      { stage: 4, at: 150 },
    ]);
    // The first stage ended early: it had reached its goal.
    expect(stillStages(program, [0, 60])).toEqual([
      { stage: 1, at: 60 },
      { stage: 4, at: 110 },
    ]);
    expect(stillStages([stage(null), stage(10)], [0, 0])).toEqual([{ stage: 0, at: 0 }]);
    expect(stillStages([stage(10)], [0])).toEqual([]);
  });

  test('change the accuracy that the last finished stage before them left', () => {
    const still = [
      { stage: 1, at: 100 },
      { stage: 2, at: 100 },
      { stage: 4, at: 150 },
    ];
    expect(stageChanges(still, { 0: 0.97, 1: 0.4, 2: 0.3 })).toEqual([
      { stage: 1, at: 100, before: 0.97, after: 0.4 },
      { stage: 2, at: 100, before: 0.4, after: 0.3 },
    ]);
    expect(stageChanges([{ stage: 0, at: 0 }], { 0: 0.1 })).toEqual([{ stage: 0, at: 0, before: null, after: 0.1 }]);
  });
});

describe('the time axis', () => {
  const still = [
    { stage: 1, at: 100 },
    { stage: 2, at: 100 },
    { stage: 4, at: 150 },
  ];
  const places = { at: [100, 100, 150], width: 20 };

  test('has a place after the steps before each of them', () => {
    expect([1, 100, 101, 150, 151].map((step) => positionOfStep(places, step))).toEqual([1, 100, 141, 190, 211]);
    expect([0, 1, 2, 3].map((at) => positionAfter(places, still, 100, at))).toEqual([100, 120, 140, 140]);
    expect(positionAfter(places, still, 150, 4)).toBe(210);
  });

  test('is as wide as the run with the most of them needs', () => {
    expect(
      placesFor(
        [
          still,
          [
            { stage: 1, at: 100 },
            { stage: 2, at: 120 },
          ],
        ],
        150,
        400,
      ).at,
    ).toEqual([100, 100, 120, 150]);
    expect(placesFor([[]], 150, 400)).toEqual({ at: [], width: 0 });
    // 72 of 400 pixels: the 150 steps have the other 328.
    const { width } = placesFor([[{ stage: 1, at: 150 }]], 150, 400);
    expect(width / (150 + width)).toBeCloseTo(72 / 400, 12);
    // Twenty of them take 42 % together.
    const many = placesFor([Array.from({ length: 20 }, (_, i) => ({ stage: i, at: 10 * i }))], 200, 400);
    expect((20 * many.width) / (200 + 20 * many.width)).toBeCloseTo(0.42, 12);
    // Nothing is trained at all.
    expect(placesFor([[{ stage: 0, at: 0 }]], 0, 400).width).toBeGreaterThan(0);
  });

  test('leads back from each position to its step', () => {
    expect([50, 100, 110, 139, 141, 205, 215].map((at) => stepAt(places, at))).toEqual([50, 100, 100, 100, 101, 150, 155]);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1000 }), { maxLength: 8 }), fc.integer({ min: 0, max: 1200 }), (at, step) => {
        const drawn = { at: at.toSorted((a, b) => a - b), width: 16 };
        expect(stepAt(drawn, positionOfStep(drawn, step))).toBe(step);
        expect(positionOfStep(drawn, step + 1)).toBeGreaterThan(positionOfStep(drawn, step));
      }),
    );
  });
});
