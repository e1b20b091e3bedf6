import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { experimentArbitrary } from '../testing/arbitrary';
import type { Experiment } from '../types/experiment';
import { defaultExperiment } from './defaults';
import { differences } from './differences';
import {
  addStage,
  duplicateStage,
  removeStage,
  setDataValue,
  setField,
  setModelValue,
  setStageValue,
  takeInNext,
  toggleStage,
  wrapInRepeat,
} from './edit';
import { isSameRun } from './prefix';
import { unroll } from './unroll';

const normal = addStage(defaultExperiment(), 'train');

describe('what sets two experiments apart', () => {
  test('is nothing for an experiment and itself, whatever its title', () => {
    expect(differences(normal, setField(normal, 'name', 'mine'))).toEqual([]);
    expect(differences(normal, toggleStage(addStage(normal, 'quantize'), 3))).toEqual([]);
  });

  test('is reported by label and value, block by block', () => {
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

  test('is one thing where rounds are others, or a stage is repeated or not', () => {
    const repeated = wrapInRepeat(normal, 0, 2);
    expect(differences(repeated, setStageValue(repeated, 0, 'rounds', 5))).toEqual([
      { block: 'repeat', stages: [1, 1], label: 'rounds', values: ['3', '5'] },
    ]);
    expect(differences(repeated, takeInNext(repeated, 0))).toEqual([
      { block: 'repeat', stages: [1, 1], label: 'stages repeated', values: ['2', '3'] },
    ]);
    expect(differences(normal, repeated)).toEqual([
      { block: 'repeat', stages: [null, 1], label: 'stage', values: [null, '3 rounds of the 2 stages that follow'] },
    ]);
    expect(differences(repeated, addStage(repeated, 'prune', 2))).toEqual([
      expect.objectContaining({ block: 'prune', stages: [null, 3], label: 'stage' }),
    ]);
    expect(differences(repeated, toggleStage(addStage(repeated, 'prune', 2), 2))).toEqual([]);
    expect(differences(repeated, toggleStage(takeInNext(repeated, 0), 3))).toEqual([
      expect.objectContaining({ block: 'train', stages: [4, null], label: 'stage' }),
    ]);
  });

  test('is nothing only where the runs are the same, from either side', () => {
    const running = (experiment: Experiment) => ({ ...experiment, stages: stepsThatRun(experiment) });
    const stepsThatRun = ({ stages }: Experiment) => unroll(stages).flatMap(({ stage }) => (stage.on ? [stage] : []));
    const repeats = ({ stages }: Experiment) => stages.some(({ kind }) => kind === 'repeat');
    fc.assert(
      fc.property(experimentArbitrary, experimentArbitrary, (a, b) => {
        expect(differences(a, a)).toEqual([]);
        fc.pre(stepsThatRun(a).length > 0);
        const same = isSameRun(running(a), running(b));
        for (const told of [differences(a, b), differences(b, a)]) {
          if (told.length === 0) expect(same).toBe(true);
          // The same stages may be written out, or repeated.
          else if (!repeats(a) && !repeats(b)) expect(same).toBe(false);
        }
      }),
      { numRuns: 50 },
    );
  });
});
