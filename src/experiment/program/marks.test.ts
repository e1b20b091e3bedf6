import { expect, test } from 'vitest';
import { defaultExperiment, defaultStage } from '../defaults';
import { prefixKey, sharedStages } from '../prefix';
import type { Stage } from '../types';
import { markedSteps, marksOfSteps } from './marks';

const train = (steps: number): Stage => ({ ...defaultStage('train'), steps });
const rewind = (to: number, on = true): Stage => ({ ...defaultStage('rewind'), to, on });
const repeat = (rounds: number, of: number): Stage => ({ ...defaultStage('repeat'), rounds, of });

test('the steps that stages go back to, once each; the initial weights need no mark', () => {
  expect(markedSteps([train(100), rewind(40), rewind(0), train(50), rewind(120), rewind(7, false)])).toEqual([40, 120]);
  expect(markedSteps([repeat(3, 2), train(100), rewind(40)])).toEqual([40]);
});

test('each step marks what lies within it', () => {
  const stages = [train(100), rewind(40), train(50), rewind(120), rewind(100)];
  expect(marksOfSteps(stages)).toEqual(['40,100', '', '120', '', '']);
  expect(marksOfSteps([repeat(2, 2), train(10), rewind(15)])).toEqual(['', '', '15', '']);
});

test('a run that goes back to a moment does not start from the checkpoint of one that did not remember it', () => {
  const experiment = (...stages: readonly Stage[]) => ({ ...defaultExperiment(), stages });
  const plain = experiment(train(100), defaultStage('prune'));
  const back = experiment(train(100), defaultStage('prune'), rewind(40));
  const start = experiment(train(100), defaultStage('prune'), rewind(0));
  expect(sharedStages(plain, back)).toBe(0);
  expect(sharedStages(plain, start)).toBe(2);
  expect(prefixKey(plain, 1)).not.toBe(prefixKey(back, 1));
  expect(prefixKey(plain, 2)).toBe(prefixKey(start, 2));
});
