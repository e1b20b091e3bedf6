import { expect, test } from 'vitest';
import { defaultExperiment } from '../../experiment/program/defaults';
import { addStage, setStageValue, wrapInRepeat } from '../../experiment/program/edit';
import { stagePoints } from './results-view';

const summary = (stage: number, totalBits: number) => ({
  stage,
  kind: 'train',
  steps: 10,
  valAccuracy: 0.9,
  testAccuracy: 0.91,
  testLoss: 0.3,
  totalBits,
  seconds: 1,
});

test('bits per weight are all bits of the file over its weights', () => {
  const points = stagePoints([summary(0, 3200), summary(2, 400)], 100, 1, []);
  expect(points.map((p) => [p.stage, p.bitsPerWeight, p.compressed, p.accuracy])).toEqual([
    [0, 32, false, 0.91],
    [2, 4, true, 0.91],
  ]);
  expect(stagePoints([summary(0, 3200)], 0, null, [])).toEqual([]);
});

test('a point is named by its stage, and by its round', () => {
  const { stages } = setStageValue(wrapInRepeat(addStage(defaultExperiment(), 'train'), 0, 2), 0, 'rounds', 2);
  const points = stagePoints([summary(0, 3200), summary(3, 400), summary(4, 400)], 100, 1, stages);
  expect(points.map(({ mark, kind }) => [mark, kind])).toEqual([
    ['②', 'train, round 1 of 2'],
    ['③', 'train, round 2 of 2'],
    ['④', 'train'],
  ]);
});
