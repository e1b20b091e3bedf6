import { expect, test } from 'vitest';
import { firstQuantizeStage, stagePoints } from './measured-stages';

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

test('bits per weight are all bits of the file over the weights of the kernels', () => {
  const points = stagePoints([summary(0, 3200), summary(2, 400)], 100, 1);
  expect(points.map((p) => [p.stage, p.bitsPerWeight, p.stored, p.accuracy])).toEqual([
    [0, 32, false, 0.91],
    [2, 4, true, 0.91],
  ]);
  expect(stagePoints([summary(0, 3200)], 0, null)).toEqual([]);
});

test('only a quantize stage that is on stores codes', () => {
  expect(
    firstQuantizeStage([
      { kind: 'train', on: true },
      { kind: 'quantize', on: false },
      { kind: 'quantize', on: true },
    ]),
  ).toBe(2);
  expect(firstQuantizeStage([{ kind: 'train', on: true }])).toBeNull();
});
