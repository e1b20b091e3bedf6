import { describe, expect, test } from 'vitest';
import { defaultStage } from '../../experiment/program/defaults';
import { modelState } from '../../experiment/testing/model-state';
import type { Checkpoint } from '../../experiment/types/events';
import { Checkpoints } from './checkpoints';

const at = (stage: number, step: number): Checkpoint => ({
  stage,
  step,
  stepsBefore: 0,
  optimizer: {},
  model: modelState(),
  summaries: [],
  recentLosses: [],
  seconds: 0,
});
const place = (checkpoints: Checkpoints) => checkpoints.latest && [checkpoints.latest.stage, checkpoints.latest.step];

/** Behind stages 1 and 2 of a program (0-based: before 1 and 2), and 7 steps into stage 2. */
function filled(): Checkpoints {
  const checkpoints = new Checkpoints();
  checkpoints.add(at(0, 3));
  checkpoints.add(at(1, 0));
  checkpoints.add(at(2, 0));
  checkpoints.add(at(2, 7));
  return checkpoints;
}

describe('checkpoints', () => {
  test('the latest is the one inside a stage, else the last boundary', () => {
    const checkpoints = new Checkpoints();
    expect(checkpoints.latest).toBeUndefined();
    checkpoints.add(at(0, 3));
    expect(place(checkpoints)).toEqual([0, 3]);
    checkpoints.add(at(0, 5));
    expect(place(checkpoints)).toEqual([0, 5]);
    checkpoints.add(at(1, 0));
    expect(place(checkpoints)).toEqual([1, 0]);
    expect(place(filled())).toEqual([2, 7]);
  });

  test('an edit keeps what lies before it', () => {
    // Shared stages, and where the run goes on.
    for (const [shared, expected] of [
      [5, [2, 7]],
      [3, [2, 7]],
      [2, [2, 0]],
      [1, [1, 0]],
      [0, undefined],
    ] as const) {
      const checkpoints = filled();
      checkpoints.keep(shared, { stages: [] });
      expect(place(checkpoints)).toEqual(expected);
    }
  });

  test('what lacks the weights to which the next run goes back is left', () => {
    const rewind = { ...defaultStage('rewind'), to: 3 };
    const done = (stage: number, step: number, stepsBefore: number) => ({ ...at(stage, step), stepsBefore });
    const checkpoints = new Checkpoints();
    checkpoints.add(done(1, 0, 2));
    checkpoints.add(done(2, 0, 4));
    checkpoints.add(done(2, 7, 4));
    checkpoints.keep(5, { stages: [{ ...rewind, on: false }] });
    expect(place(checkpoints)).toEqual([2, 7]);
    checkpoints.keep(5, { stages: [rewind] });
    expect(place(checkpoints)).toEqual([1, 0]);
  });

  test('cleared, nothing is left', () => {
    const checkpoints = filled();
    checkpoints.clear();
    expect(checkpoints.latest).toBeUndefined();
  });
});
