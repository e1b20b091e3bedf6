import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultExperiment } from './defaults';
import { differences } from './differences';
import { addStage, duplicateStage, removeStage, setDataValue, setField, setModelValue, setStageValue, toggleStage } from './edit';
import { isSameRun } from './prefix';
import { experimentArbitrary } from './testing/arbitrary';
import type { Experiment } from './types';

const normal = addStage(defaultExperiment(), 'train');

describe('what sets two experiments apart', () => {
  test('is nothing for an experiment and itself, whatever its title', () => {
    expect(differences(normal, setField(normal, 'name', 'mine'))).toEqual([]);
    expect(differences(normal, toggleStage(addStage(normal, 'quantize'), 3))).toEqual([]);
  });

  test('is told by label and value, block by block', () => {
    expect(differences(normal, setStageValue(normal, 1, 'bits', 2))).toEqual([
      { block: 'quantize', stages: [2, 2], label: 'bits', values: ['4', '2'] },
    ]);
    const other = setField(setDataValue(normal, 'normalize', 'unit'), 'seed', 7);
    expect(differences(normal, other).map(({ label, values }) => [label, ...values])).toEqual([
      ['pixels', 'Standardized', '0 to 1'],
      ['seed', '42', '7'],
    ]);
    const [model] = differences(normal, setModelValue(normal, 'id', 'lenet-5'));
    expect(model).toMatchObject({ block: 'model', values: ['LeNet-300-100', 'LeNet-5'] });
  });

  test('leaves out what another method brings at its default', () => {
    const momentum = setStageValue(normal, 0, 'optimizer', 'momentum');
    expect(differences(normal, momentum).map(({ label }) => label)).not.toContain('momentum');
    const strong = setStageValue(momentum, 0, 'momentum', 0.5);
    expect(differences(normal, strong)).toContainEqual(expect.objectContaining({ label: 'momentum', values: [null, '0.5'] }));
  });

  test('pairs stages of one kind, and names those that are left over', () => {
    const [only, ...rest] = differences(normal, removeStage(normal, 0));
    expect(rest).toEqual([]);
    expect(only).toMatchObject({
      block: 'train',
      stages: [1, null],
      label: 'stage',
      values: [expect.stringContaining('2,000 steps'), null],
    });
    expect(differences(normal, duplicateStage(normal, 1))).toEqual([
      expect.objectContaining({ block: 'quantize', label: 'stage', values: [null, expect.any(String)] }),
    ]);
  });

  test('is nothing only where the runs are the same, from either side', () => {
    const running = (experiment: Experiment) => ({ ...experiment, stages: experiment.stages.filter(({ on }) => on) });
    fc.assert(
      fc.property(experimentArbitrary, experimentArbitrary, (a, b) => {
        expect(differences(a, a)).toEqual([]);
        fc.pre(a.stages.some(({ on }) => on));
        const same = isSameRun(running(a), running(b));
        expect(differences(a, b).length === 0).toBe(same);
        expect(differences(b, a).length === 0).toBe(same);
      }),
      { numRuns: 50 },
    );
  });
});
