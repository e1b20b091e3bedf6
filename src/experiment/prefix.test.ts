import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultExperiment } from './defaults';
import {
  addStage,
  duplicateStage,
  moveStage,
  removeStage,
  setDataValue,
  setField,
  setModelValue,
  setStageValue,
  toggleStage,
} from './edit';
import { isSameRun, sharedStages } from './prefix';
import { experimentArbitrary } from './testing/arbitrary';

const normal = addStage(defaultExperiment(), 'train');

describe('shared leading stages', () => {
  test('all of an equal program, whatever its title', () => {
    expect(sharedStages(normal, normal)).toBe(3);
    expect(sharedStages(normal, setField(normal, 'name', 'other'))).toBe(3);
  });

  test('none if data, model or seed differ', () => {
    expect(sharedStages(normal, setField(normal, 'seed', 1))).toBe(0);
    expect(sharedStages(normal, setDataValue(normal, 'normalize', 'raw'))).toBe(0);
    expect(sharedStages(normal, setModelValue(normal, 'id', 'lenet-5'))).toBe(0);
  });

  test('those before the first change', () => {
    expect(sharedStages(normal, setStageValue(normal, 0, 'steps', 1))).toBe(0);
    expect(sharedStages(normal, setStageValue(normal, 1, 'bits', 3))).toBe(1);
    expect(sharedStages(normal, setStageValue(normal, 2, 'lr', 1))).toBe(2);
    expect(sharedStages(normal, removeStage(normal, 2))).toBe(2);
    expect(sharedStages(normal, duplicateStage(normal, 2))).toBe(3);
    expect(sharedStages(normal, moveStage(normal, 1, 0))).toBe(0);
    expect(sharedStages(normal, toggleStage(normal, 1))).toBe(1);
  });

  test('two stages that are off are equal', () => {
    const off = toggleStage(normal, 1);
    expect(sharedStages(off, setStageValue(off, 1, 'bits', 8))).toBe(3);
    expect(sharedStages(off, { ...off, stages: off.stages.with(1, { ...off.stages[2]!, on: false }) })).toBe(3);
  });

  test('as many one way as the other, and never more than there are', () => {
    fc.assert(
      fc.property(experimentArbitrary, experimentArbitrary, (a, other) => {
        const b = { ...other, seed: a.seed, data: a.data, model: a.model };
        expect(sharedStages(a, a)).toBe(a.stages.length);
        expect(sharedStages(a, b)).toBe(sharedStages(b, a));
        expect(sharedStages(a, b)).toBeLessThanOrEqual(Math.min(a.stages.length, b.stages.length));
      }),
    );
  });
});

test('a run is the same with another title only', () => {
  expect(isSameRun(normal, setField(normal, 'name', 'other'))).toBe(true);
  expect(isSameRun(normal, structuredClone(normal))).toBe(true);
  expect(isSameRun(normal, removeStage(normal, 2))).toBe(false);
  expect(isSameRun(removeStage(normal, 2), normal)).toBe(false);
  expect(isSameRun(normal, setField(normal, 'seed', 1))).toBe(false);
});
