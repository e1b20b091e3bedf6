import fc from 'fast-check';
import { expect, test } from 'vitest';
import { modelState } from '../testing/model-state';
import type { Checkpoint } from '../types/events';
import type { Stage } from '../types/experiment';
import { defaultStage } from './defaults';
import { markedSteps, serves } from './unroll';

const train = (steps: number): Stage => ({ ...defaultStage('train'), steps });
const rewind = (to: number, on = true): Stage => ({ ...defaultStage('rewind'), to, on });
const repeat = (rounds: number, of: number): Stage => ({ ...defaultStage('repeat'), rounds, of });

test('the steps that stages go back to, once each; the initial weights need no mark', () => {
  expect(markedSteps([train(100), rewind(40), rewind(0), train(50), rewind(120), rewind(7, false)])).toEqual([40, 120]);
  expect(markedSteps([repeat(3, 2), train(100), rewind(40)])).toEqual([40]);
});

/** After so many steps, of which the last few are of the stage that runs. */
const checkpoint = (done: number, steps: readonly number[], inside = 0): Checkpoint => ({
  stage: 1,
  step: inside,
  stepsBefore: done - inside,
  model: { ...modelState(), marks: steps.map((step) => ({ step, parameters: {} })) },
  optimizer: {},
  summaries: [],
  recentLosses: [],
  seconds: 0,
});

test('a checkpoint serves a run that needs what it remembers, or less, or later moments', () => {
  const back = { stages: [train(100), rewind(40), train(50), rewind(120)] };
  expect(serves(checkpoint(100, [40]), back)).toBe(true);
  expect(serves(checkpoint(100, [20, 40]), back)).toBe(true);
  expect(serves(checkpoint(100, []), back)).toBe(false);
  expect(serves(checkpoint(100, [20]), back)).toBe(false);
  expect(serves(checkpoint(150, [40]), back)).toBe(false);
  expect(serves(checkpoint(39, []), back)).toBe(true);
  expect(serves(checkpoint(40, [], 40), back)).toBe(false);
  expect(serves(checkpoint(39, [], 39), back)).toBe(true);
  expect(serves(checkpoint(100, []), { stages: [train(100), rewind(0), rewind(40, false)] })).toBe(true);
});

test('one that serves a program serves it with fewer ways back', () => {
  const steps = fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 5 });
  fc.assert(
    fc.property(steps, steps, fc.nat(10), (needed, held, done) => {
      const program = (to: readonly number[]) => ({ stages: [train(10), ...to.map((step) => rewind(step))] });
      const full = serves(checkpoint(done, held), program(needed));
      expect(full).toBe(needed.every((step) => step === 0 || step > done || held.includes(step)));
      if (full) expect(serves(checkpoint(done, held), program(needed.slice(1)))).toBe(true);
    }),
  );
});
