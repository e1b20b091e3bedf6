import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromFragment, toFragment } from '../link/url';
import { dataSettings } from '../methods/data';
import { modelSettings } from '../methods/models/registry';
import { allSettings } from '../settings/setting';
import { stageDefinition, stageKinds } from '../stages/registry';
import { experimentArbitrary, valueArbitrary } from '../testing/arbitrary';
import type { Experiment, Stage } from '../types/experiment';
import { defaultExperiment, defaultStage } from './defaults';
import {
  addStage,
  cutBehind,
  duplicateStage,
  leaveLastOut,
  moveStage,
  removeStage,
  setDataValue,
  setField,
  setModelValue,
  setOwnData,
  setStageValue,
  takeInNext,
  toggleStage,
  wrapInRepeat,
} from './edit';
import { type ProgramNode, programTree } from './tree';
import { unroll } from './unroll';
import { parseExperiment } from './validate';

const normal = defaultExperiment();
const checksum = 'ab'.repeat(32);
const kinds = (experiment: Experiment) => experiment.stages.map((stage) => stage.kind);

test('any edit of any experiment leaves a valid experiment, and the old one as it was', () => {
  const index = fc.integer({ min: -1, max: 25 });
  const tables = [dataSettings, modelSettings, ...stageKinds.map((kind) => stageDefinition(kind).settings)];
  const pair = fc
    .constantFrom(...tables.flatMap(allSettings))
    .chain((setting) => fc.tuple(fc.constant(setting.key), fc.oneof(valueArbitrary(setting), fc.anything())));
  const edit: fc.Arbitrary<(e: Experiment) => Experiment> = fc.oneof(
    fc.tuple(fc.constantFrom('name', 'seed'), fc.anything()).map(
      ([field, value]) =>
        (e: Experiment) =>
          setField(e, field as 'name', value),
    ),
    pair.map(
      ([key, value]) =>
        (e: Experiment) =>
          setDataValue(e, key, value),
    ),
    pair.map(
      ([key, value]) =>
        (e: Experiment) =>
          setModelValue(e, key, value),
    ),
    fc.tuple(index, pair).map(
      ([i, [key, value]]) =>
        (e: Experiment) =>
          setStageValue(e, i, key, value),
    ),
    fc.constantFrom(checksum, 'x').map((sum) => (e: Experiment) => setOwnData(e, sum)),
    fc.tuple(fc.constantFrom(...stageKinds), index).map(
      ([kind, i]) =>
        (e: Experiment) =>
          addStage(e, kind, i),
    ),
    index.map((i) => (e: Experiment) => removeStage(e, i)),
    index.map((i) => (e: Experiment) => cutBehind(e, i)),
    index.map((i) => (e: Experiment) => duplicateStage(e, i)),
    index.map((i) => (e: Experiment) => toggleStage(e, i)),
    index.map((i) => (e: Experiment) => takeInNext(e, i)),
    index.map((i) => (e: Experiment) => leaveLastOut(e, i)),
    fc.tuple(index, index).map(
      ([from, count]) =>
        (e: Experiment) =>
          wrapInRepeat(e, from, count),
    ),
    fc.tuple(index, index).map(
      ([from, to]) =>
        (e: Experiment) =>
          moveStage(e, from, to),
    ),
  );
  fc.assert(
    fc.property(experimentArbitrary, fc.array(edit, { minLength: 1, maxLength: 4 }), (experiment, edits) => {
      const before = JSON.stringify(experiment);
      let edited = experiment;
      for (const change of edits) edited = change(edited);
      expect(parseExperiment(edited)).toEqual({ experiment: edited, problems: [] });
      expect(fromFragment(toFragment(edited))).toEqual({ experiment: edited, problems: [], rest: {} });
      expect(JSON.stringify(experiment)).toBe(before);
    }),
  );
});

describe('fields and blocks', () => {
  test('title and seed', () => {
    expect(setField(normal, 'name', 'one\ntwo').name).toBe('one two');
    expect(setField(normal, 'seed', 7.6).seed).toBe(8);
    expect(setField(normal, 'seed', -7).seed).toBe(0);
  });

  test('own data need a checksum', () => {
    expect(setDataValue(normal, 'dataset', 'own')).toBe(normal);
    const own = setOwnData(setDataValue(normal, 'normalize', 'raw'), checksum.toUpperCase());
    expect(own.data).toEqual({ dataset: 'own', normalize: 'raw', checksum });
    expect(setDataValue(own, 'normalize', 'unit').data).toEqual({ dataset: 'own', normalize: 'unit', checksum });
    expect(setDataValue(own, 'dataset', 'cifar10').data).toEqual({ dataset: 'cifar10', normalize: 'raw', checksum: '' });
    expect(setOwnData(normal, 'abc')).toBe(normal);
  });

  test('a model that no longer fits its images is made smaller', () => {
    let experiment = setModelValue(setDataValue(normal, 'dataset', 'cifar10'), 'id', 'cnn');
    experiment = setModelValue(experiment, 'channels', [4, 4, 4, 4, 4]);
    expect(experiment.model.channels).toHaveLength(5);
    expect(setDataValue(experiment, 'dataset', 'mnist').model.channels).toHaveLength(4);
  });

  test('what is not edited is shared', () => {
    const edited = setStageValue(normal, 1, 'bits', 3);
    expect(edited.stages[0]).toBe(normal.stages[0]);
    expect(edited.model).toBe(normal.model);
    expect(edited.stages[1]).toEqual({ ...normal.stages[1], bits: 3 });
  });
});

describe('stages', () => {
  const program = { ...normal, stages: [defaultStage('train'), defaultStage('quantize'), { ...defaultStage('train'), steps: 5 }] };

  test('add', () => {
    expect(kinds(addStage(normal, 'train'))).toEqual(['train', 'quantize', 'train']);
    expect(kinds(addStage(normal, 'quantize', 0))).toEqual(['quantize', 'train', 'quantize']);
    const full = { ...normal, stages: Array.from({ length: 24 }, () => defaultStage('quantize')) };
    expect(addStage(full, 'train')).toBe(full);
    expect(duplicateStage(full, 0)).toBe(full);
  });

  test('remove, duplicate, toggle', () => {
    expect(kinds(removeStage(program, 1))).toEqual(['train', 'train']);
    expect(removeStage(program, 3)).toBe(program);
    expect(kinds(cutBehind(program, 0))).toEqual(['train']);
    for (const index of [-1, 2, 3]) expect(cutBehind(program, index)).toBe(program);
    expect(duplicateStage(program, 2).stages.slice(2)).toEqual([program.stages[2], program.stages[2]]);
    expect(toggleStage(program, 0).stages[0]?.on).toBe(false);
    expect(toggleStage(toggleStage(program, 0), 0)).toEqual(program);
  });

  test('move takes a stage to a place', () => {
    const [a, b, c] = program.stages;
    expect(moveStage(program, 0, 2).stages).toEqual([b, c, a]);
    expect(moveStage(program, 2, 0).stages).toEqual([c, a, b]);
    expect(moveStage(program, 0, 3)).toBe(program);
    expect(moveStage(program, -1, 0)).toBe(program);
  });
});

describe('repeats', () => {
  /** "train [prune rewind]3 train": what a repeat encloses in brackets, with its rounds after. */
  const told = ({ stages }: Pick<Experiment, 'stages'>) => nodesText(programTree(stages));
  const nodesText = (nodes: readonly ProgramNode[]): string =>
    nodes.map(({ stage, children }) => (children.length ? `[${nodesText(children)}]${stage.rounds}` : stage.kind)).join(' ');
  const of = (...kindsOf: string[]): Experiment => ({ ...normal, stages: kindsOf.map(defaultStage) });
  const plain = of('train', 'prune', 'rewind', 'quantize');
  /** [train prune rewind]3 quantize */
  const lottery = wrapInRepeat(plain, 0, 3);

  test('are put around stages that stand side by side', () => {
    expect(told(lottery)).toBe('[train prune rewind]3 quantize');
    expect(told(wrapInRepeat(lottery, 2, 9))).toBe('[train [prune rewind]3]3 quantize');
    expect(told(wrapInRepeat(wrapInRepeat(plain, 1, 2), 0, 2))).toBe('[train [prune rewind]3]3 quantize');
    for (const [from, count] of [
      [9, 1],
      [-1, 1],
      [0, 0],
    ] as const)
      expect(wrapInRepeat(plain, from, count)).toBe(plain);
  });

  test('at the end enclose a round, or the last stage', () => {
    expect(told(addStage(of('train', 'train', 'prune', 'rewind'), 'repeat'))).toBe('train [train prune rewind]3');
    expect(told(addStage(of('train', 'train', 'prune'), 'repeat'))).toBe('train [train prune]3');
    expect(told(addStage(of('prune', 'train'), 'repeat'))).toBe('prune [train]3');
    expect(told(addStage(wrapInRepeat(of('train', 'prune'), 0, 2), 'repeat'))).toBe('[[train prune]3]3');
    expect(told(addStage(plain, 'repeat', 1))).toBe('train [prune]3 rewind quantize');
    const none = of();
    expect(addStage(none, 'repeat').stages).toEqual([]);
  });

  test('grow and shrink with their stages', () => {
    expect(told(addStage(lottery, 'train', 1))).toBe('[train train prune rewind]3 quantize');
    expect(told(addStage(lottery, 'train', 4))).toBe('[train prune rewind]3 train quantize');
    expect(told(addStage(lottery, 'train', 0))).toBe('train [train prune rewind]3 quantize');
    expect(told(removeStage(lottery, 2))).toBe('[train rewind]3 quantize');
    expect(told(removeStage(wrapInRepeat(plain, 1, 1), 2))).toBe('train rewind quantize');
    expect(told(duplicateStage(lottery, 3))).toBe('[train prune rewind rewind]3 quantize');
    expect(told(cutBehind(lottery, 2))).toBe('[train prune]3');
  });

  test('take stages in and leave them out', () => {
    expect(told(takeInNext(lottery, 0))).toBe('[train prune rewind quantize]3');
    expect(told(leaveLastOut(lottery, 0))).toBe('[train prune]3 rewind quantize');
    const all = takeInNext(lottery, 0);
    expect(takeInNext(all, 0)).toBe(all);
    const one = wrapInRepeat(plain, 1, 1);
    expect(leaveLastOut(one, 1)).toBe(one);
    for (const edit of [takeInNext, leaveLastOut]) expect(edit(lottery, 1)).toBe(lottery);
    expect(told(takeInNext(wrapInRepeat(wrapInRepeat(plain, 2, 2), 1, 1), 1))).toBe('train [prune [rewind quantize]3]3');
  });

  test('removed, leave their stages; moved and duplicated, take them along', () => {
    expect(told(removeStage(lottery, 0))).toBe('train prune rewind quantize');
    expect(told(moveStage(lottery, 0, 1))).toBe('quantize [train prune rewind]3');
    expect(moveStage(lottery, 0, 2)).toBe(lottery);
    expect(told(duplicateStage(lottery, 0))).toBe('[train prune rewind]3 [train prune rewind]3 quantize');
    expect(told(cutBehind(lottery, 0))).toBe('[train prune rewind]3');
  });

  test('change when a stage is moved over their edges', () => {
    expect(told(moveStage(lottery, 4, 3))).toBe('[train prune quantize rewind]3');
    expect(told(moveStage(lottery, 1, 0))).toBe('train [prune rewind]3 quantize');
    expect(told(moveStage(lottery, 3, 4))).toBe('[train prune]3 quantize rewind');
    expect(told(moveStage(wrapInRepeat(plain, 1, 2), 0, 1))).toBe('[train prune rewind]3 quantize');
    expect(told(moveStage(wrapInRepeat(plain, 1, 1), 2, 3))).toBe('train rewind quantize prune');
  });

  test('never make a run too long', () => {
    const long = setStageValue(wrapInRepeat(of(...new Array(22).fill('prune')), 0, 22), 0, 'rounds', 30);
    expect(long.stages[0]).toMatchObject({ rounds: 13, of: 22 });
    expect(unroll(long.stages)).toHaveLength(286);
    expect(told(setStageValue(lottery, 0, 'of', 9))).toBe('[train prune rewind quantize]3');
    expect(told(setStageValue(lottery, 0, 'of', 1))).toBe('[train]3 prune rewind quantize');
    expect(told(setStageValue(wrapInRepeat(lottery, 0, 4), 0, 'of', 1))).toBe('[[train prune rewind]3]3 quantize');
  });

  test('hold what is switched off', () => {
    expect(told(toggleStage(lottery, 0))).toBe('[train prune rewind]3 quantize');
    expect(unroll(toggleStage(lottery, 0).stages)).toHaveLength(4);
  });
});

test('a stage goes back only to steps that are trained before it, and one that is off anywhere', () => {
  const [train, quantize] = defaultExperiment().stages as [Stage, Stage];
  const back = { ...defaultStage('rewind'), to: 1500 };
  const experiment = { ...defaultExperiment(), stages: [train, quantize, back] };
  const to = ({ stages }: Experiment) => stages.find(({ kind }) => kind === 'rewind')?.to;
  expect(to(setStageValue(experiment, 0, 'steps', 1800))).toBe(1500);
  expect(to(setStageValue(experiment, 0, 'steps', 1200))).toBe(1200);
  expect(to(setStageValue(experiment, 2, 'to', 9000))).toBe(2000);
  expect(to(moveStage(experiment, 2, 0))).toBe(0);
  const off = setStageValue(toggleStage(experiment, 2), 0, 'steps', 100);
  expect(to(off)).toBe(1500);
  expect(to(toggleStage(off, 2))).toBe(100);
});
