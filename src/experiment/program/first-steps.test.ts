import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaultExperiment, defaultStage } from '../defaults';
import { setStageValue, wrapInRepeat } from '../edit';
import { experimentArbitrary } from '../testing/arbitrary';
import { parseExperiment } from '../validate';
import { firstSteps } from './first-steps';
import { unroll } from './unroll';

test('runs like the beginning of the program', () => {
  fc.assert(
    fc.property(experimentArbitrary, fc.nat(30), (experiment, count) => {
      const stages = firstSteps(experiment.stages, count);
      const told = (list: typeof stages) => unroll(list).map(({ stage }) => stage);
      expect(told(stages)).toEqual(told(experiment.stages).slice(0, stages.length > 24 ? 24 : Math.min(count, told(stages).length)));
      expect(parseExperiment({ ...experiment, stages }).problems).toEqual([]);
    }),
  );
});

test('keeps whole rounds repeated', () => {
  const plain = { ...defaultExperiment(), stages: ['train', 'prune', 'rewind', 'train'].map(defaultStage) };
  const { stages } = setStageValue(wrapInRepeat(plain, 0, 3), 0, 'rounds', 5);
  const told = (count: number) => firstSteps(stages, count).map(({ kind, rounds }) => [kind, rounds].filter(Boolean).join(' '));
  expect(told(0)).toEqual([]);
  expect(told(2)).toEqual(['train', 'prune']);
  expect(told(3)).toEqual(['repeat 1', 'train', 'prune', 'rewind']);
  expect(told(7)).toEqual(['repeat 2', 'train', 'prune', 'rewind', 'train']);
  expect(told(15)).toEqual(['repeat 5', 'train', 'prune', 'rewind']);
  expect(firstSteps(stages, 16)).toEqual(stages);
});
