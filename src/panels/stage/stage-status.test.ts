import { describe, expect, test } from 'vitest';
import { defaultExperiment, defaultStage } from '../../experiment/program/defaults';
import { setStageValue, toggleStage, wrapInRepeat } from '../../experiment/program/edit';
import { initialRunState, type RunState } from '../../state/run/run-state';
import { stageStatus } from './stage-status';

const plain = { ...defaultExperiment(), stages: ['train', 'prune', 'train'].map(defaultStage) };
/** [train prune]5 train: stage 0 is the repeat, steps 0 … 9 are in it. */
const repeated = setStageValue(wrapInRepeat(plain, 0, 2), 0, 'rounds', 5);
const summary = (stage: number, testAccuracy: number) => ({
  ...{ stage, kind: 'train', steps: 500, valAccuracy: 1, testAccuracy, testLoss: 0, totalBits: 1, seconds: 1 },
});
const at = (step: number, done: readonly number[]): RunState => ({
  ...initialRunState,
  status: 'running',
  summaries: Object.fromEntries(done.map((n) => [n, summary(n, 0.9 + n / 100)])),
  current: { type: 'stageStarted', stage: step, kind: 'train', steps: 500, stepsBefore: 0 },
  progress: { type: 'progress', stage: step, step: 340, steps: 500, epoch: 0.4, msPerStep: 1, waiting: '' },
});
const words = (text: string) => text.replaceAll('\u00a0', ' ');
const told = (stages: typeof repeated.stages, index: number, run: RunState) => {
  const { kind, text, accuracy } = stageStatus(stages, index, run);
  return [kind, words(text), words(accuracy)];
};

describe('a stage', () => {
  test('waits, runs, and is done', () => {
    expect(told(plain.stages, 1, at(0, []))).toEqual(['waiting', 'waiting', '']);
    expect(told(plain.stages, 0, at(0, []))).toEqual(['running', '68 %', '']);
    expect(told(plain.stages, 0, at(1, [0]))).toEqual(['done', 'test', '90.0 %']);
    expect(told(toggleStage(plain, 0).stages, 0, at(1, []))).toEqual(['off', 'off', '']);
  });

  test('in a repeat says the round that it is in, and what the last one gave', () => {
    const { stages } = repeated;
    expect(told(stages, 1, at(0, []))).toEqual(['running', 'round 1 of 5 · 340 of 500', '']);
    expect(told(stages, 1, at(2, [0, 1]))).toEqual(['running', 'round 2 of 5 · 340 of 500', '90.0 %']);
    expect(told(stages, 2, at(2, [0, 1]))).toEqual(['waiting', 'round 1 of 5', '91.0 %']);
    expect(told(stages, 2, at(2, []))).toEqual(['waiting', 'waiting', '']);
    const all = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
    expect(told(stages, 1, at(10, all))).toEqual(['done', 'test', '98.0 %']);
    expect(told(stages, 3, at(10, all))).toEqual(['running', '68 %', '']);
  });
});

test('a repeat says which of its rounds runs', () => {
  const { stages } = repeated;
  expect(told(stages, 0, at(3, [0, 1, 2]))).toEqual(['running', 'round 2 of 5', '']);
  expect(told(stages, 0, at(10, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]))).toEqual(['done', 'done', '']);
  expect(told(stages, 0, initialRunState)).toEqual(['waiting', '', '']);
  expect(told(toggleStage(repeated, 0).stages, 0, initialRunState)).toEqual(['off', 'off', '']);
  const outer = wrapInRepeat(repeated, 0, 4).stages;
  expect(told(outer, 0, at(12, []))).toEqual(['running', 'round 2 of 3', '']);
  expect(told(outer, 1, at(12, []))).toEqual(['running', 'round 2 of 3, round 1 of 5', '']);
});
