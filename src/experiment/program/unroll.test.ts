import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { experimentArbitrary } from '../testing/arbitrary';
import type { Stage } from '../types/experiment';
import { defaultStage } from './defaults';
import { programList, programTree, repeatsAround, stageEnds } from './tree';
import {
  countSteps,
  firstCompression,
  plannedTraining,
  roundName,
  STEP_LIMIT,
  stageOfStep,
  stepMark,
  stepName,
  stepsOfStage,
  stepTitle,
  unroll,
  withRound,
} from './unroll';

const stage = (kind: string, values = {}): Stage => ({ ...defaultStage(kind), ...values });
const repeat = (rounds: number, of: number, on = true) => stage('repeat', { rounds, of, on });
const told = (stages: readonly Stage[]) => unroll(stages).map(({ index, rounds }) => [index, ...rounds].join(' '));

const [train, prune, rewind] = [stage('train'), stage('prune'), stage('rewind')];

describe('a program of plain stages', () => {
  test('is its own list of steps', () => {
    fc.assert(
      fc.property(experimentArbitrary, ({ stages }) => {
        const plain = stages.filter(({ kind }) => kind !== 'repeat');
        const expected = plain.map((own, index) => ({ stage: own, index, rounds: [], of: [] }));
        expect(unroll(plain)).toEqual(expected);
        expect(countSteps(programTree(plain))).toBe(plain.length);
      }),
    );
  });
});

describe('any program', () => {
  test('has as many steps as its tree counts, each of them a stage of the list', () => {
    fc.assert(
      fc.property(experimentArbitrary, ({ stages }) => {
        const steps = unroll(stages);
        expect(unroll(stages)).toBe(steps);
        expect(steps).toHaveLength(Math.min(STEP_LIMIT, countSteps(programTree(stages))));
        for (const step of steps) {
          expect(step.stage).toBe(stages[step.index]);
          expect(step.stage.kind).not.toBe('repeat');
          const around = repeatsAround(stages, step.index).filter((at) => stages[at]?.on);
          expect(step.of).toEqual(around.map((at) => stages[at]?.rounds));
          expect(step.rounds.every((round, i) => round >= 1 && round <= (step.of[i] ?? 0))).toBe(true);
        }
      }),
    );
  });

  test('runs rounds in order, and stages in order in each round', () => {
    fc.assert(
      fc.property(experimentArbitrary, ({ stages }) => {
        const steps = unroll(stages);
        for (const [i, step] of steps.entries()) {
          const next = steps[i + 1];
          if (!next) continue;
          const shared = Math.min(step.rounds.length, next.rounds.length);
          const parting = Array.from({ length: shared }, (_, r) => r).find((r) => step.rounds[r] !== next.rounds[r]);
          // A later round of the outermost repeat that continues; else a later stage.
          if (parting === undefined || next.index > step.index) expect(next.index).toBeGreaterThan(step.index);
          else expect(next.rounds[parting]).toBe((step.rounds[parting] ?? 0) + 1);
        }
      }),
    );
  });

  test('is its tree, and its tree is the program', () => {
    fc.assert(
      fc.property(experimentArbitrary, ({ stages }) => {
        expect(programList(programTree(stages))).toEqual(stages);
        expect(stageEnds(stages).every((end, i) => end > i && end <= stages.length)).toBe(true);
      }),
    );
  });
});

describe('a repeat', () => {
  test('runs the stages after it in turn', () => {
    expect(told([repeat(2, 2), train, prune, train])).toEqual(['1 1', '2 1', '1 2', '2 2', '3']);
    expect(told([train, repeat(3, 1), prune])).toEqual(['0', '2 1', '2 2', '2 3']);
  });

  test('may stand in another', () => {
    const stages = [repeat(2, 3), train, repeat(2, 1), prune, rewind];
    expect(told(stages)).toEqual(['1 1', '3 1 1', '3 1 2', '1 2', '3 2 1', '3 2 2', '4']);
    expect(repeatsAround(stages, 3)).toEqual([0, 2]);
    expect(stepName(stages, 4)).toBe('stage 4, round 2 of 2, round 1 of 2');
  });

  test('that is off runs its stages once', () => {
    expect(told([repeat(5, 2, false), train, prune])).toEqual(['1', '2']);
  });

  test('leaves stages that are off in their place', () => {
    const off = { ...prune, on: false };
    expect(unroll([repeat(2, 2), train, off]).map(({ stage: { on } }) => on)).toEqual([true, false, true, false]);
  });

  test('ends where the list or the repeat around it ends', () => {
    expect(told([train, repeat(2, 9), prune])).toEqual(['0', '2 1', '2 2']);
    expect(told([repeat(2, 2), repeat(2, 9), prune, train])).toEqual(['2 1 1', '2 1 2', '2 2 1', '2 2 2', '3']);
    expect(told([train, repeat(2, 1)])).toEqual(['0']);
  });

  test('does not make more steps than a run may have', () => {
    const stages = [repeat(30, 5), repeat(30, 4), repeat(30, 3), repeat(30, 2), train, prune];
    expect(countSteps(programTree(stages))).toBe(2 * 30 ** 4);
    expect(unroll(stages)).toHaveLength(STEP_LIMIT);
  });
});

describe('what is said of steps', () => {
  const stages = [stage('train', { steps: 10 }), repeat(3, 2), stage('train', { steps: 5 }), prune];

  test('numbers and places', () => {
    expect(stepsOfStage(stages, 2)).toEqual([1, 3, 5]);
    expect(stepsOfStage(stages, 1)).toEqual([]);
    expect(stageOfStep(stages, 4)).toBe(3);
    expect(stageOfStep(stages, 99)).toBe(99);
    expect(plannedTraining({ stages })).toBe(25);
    expect(firstCompression(stages)).toBe(2);
    expect(firstCompression([train])).toBe(null);
  });

  test('names', () => {
    expect(stepName(stages, 0)).toBe('stage 1');
    expect(stepName(stages, 4)).toBe('stage 4, round 2 of 3');
    expect(stepName(stages, 99)).toBe('stage 100');
    expect(withRound(stages, 4, 'Prune')).toBe('Prune, round 2 of 3');
    expect(withRound(stages, 0, 'Train')).toBe('Train');
    expect(stepMark(stages, 4)).toBe('④');
    expect(stepTitle(stages, 4, 'prune')).toBe('④ prune, round 2 of 3');
    expect(stepTitle([], 1, 'prune')).toBe('② prune');
    expect(roundName({ rounds: [], of: [] })).toBe('');
  });
});
