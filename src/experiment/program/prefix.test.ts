import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { experimentArbitrary } from '../testing/arbitrary';
import type { Experiment, Stage } from '../types/experiment';
import { defaultExperiment, defaultStage } from './defaults';
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
  wrapInRepeat,
} from './edit';
import { firstSteps, isSameRun, prefixKey, sharedStages, stepCount } from './prefix';
import { unroll } from './unroll';
import { parseExperiment } from './validate';

/** The same values, with their keys in another order. */
function reversedBlock(stage: Stage): Stage {
  return Object.fromEntries(Object.entries(stage).reverse()) as Stage;
}

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

  test('have the same key, and others have not', () => {
    // Two programs that begin alike, distinguished by a value somewhere, by a switch, or by nothing at all.
    const pair = fc.tuple(experimentArbitrary, experimentArbitrary, fc.nat(12), fc.boolean()).map(([a, other, cut, alike]) => {
      const stages = [...a.stages.slice(0, cut), ...other.stages];
      const b = { ...(alike ? a : other), name: other.name, stages };
      return [a, fc.hash(JSON.stringify(b)) % 2 === 0 ? structuredClone(b) : { ...b, stages: stages.map(reversedBlock) }] as const;
    });
    fc.assert(
      fc.property(pair, ([a, b]) => {
        const shared = sharedStages(a, b);
        const [own, other] = [stepCount(a), stepCount(b)];
        for (let count = 1; count <= Math.max(own, other); count++)
          expect(count <= own && count <= other && prefixKey(a, count) === prefixKey(b, count)).toBe(count <= shared);
        const bare = { ...b, stages: a.stages };
        expect(prefixKey(a, 0) === prefixKey(b, 0)).toBe(own === 0 ? prefixKey(a) === prefixKey(bare) : sharedStages(a, bare) > 0);
      }),
    );
  });

  test('as many one way as the other, and never more than there are', () => {
    fc.assert(
      fc.property(experimentArbitrary, experimentArbitrary, (a, other) => {
        const b = { ...other, seed: a.seed, data: a.data, model: a.model };
        expect(sharedStages(a, a)).toBe(stepCount(a));
        expect(sharedStages(a, b)).toBe(sharedStages(b, a));
        expect(sharedStages(a, b)).toBeLessThanOrEqual(Math.min(stepCount(a), stepCount(b)));
      }),
    );
  });
});

describe('programs that repeat stages', () => {
  const rounds = (count: number) => setStageValue(wrapInRepeat(normal, 0, 2), 0, 'rounds', count);

  test('share their first rounds', () => {
    // The training after three rounds is that of the fourth.
    expect(sharedStages(rounds(3), rounds(5))).toBe(7);
    expect(sharedStages(removeStage(rounds(3), 3), rounds(5))).toBe(6);
    expect(prefixKey(rounds(3), 6)).toBe(prefixKey(rounds(5), 6));
    expect(stepCount(rounds(5))).toBe(11);
    expect(isSameRun(rounds(3), rounds(5))).toBe(false);
  });

  test('run like those that say every stage', () => {
    const written = { ...normal, stages: [...normal.stages.slice(0, 2), ...normal.stages] };
    expect(isSameRun(rounds(2), written)).toBe(true);
    expect(prefixKey(rounds(2))).toBe(prefixKey(written));
    expect(isSameRun(rounds(1), normal)).toBe(true);
    expect(isSameRun(toggleStage(rounds(5), 0), normal)).toBe(true);
  });
});

test('the key of a program without repeats is what it was before there were any', () => {
  const { seed, data, model, stages } = normal;
  const text = (block: object) => JSON.stringify(Object.entries(block).sort(([a], [b]) => (a < b ? -1 : 1)));
  expect(prefixKey(normal)).toBe([seed, text(data), text(model), ...stages.map(text)].join('\n'));
  expect(prefixKey(toggleStage(normal, 1), 2)).toBe([seed, text(data), text(model), text(stages[0] ?? {}), 'off'].join('\n'));
});

test('what a later stage goes back to does not part two runs before it', () => {
  const back = (to: number): Experiment => ({ ...normal, stages: [...normal.stages, { ...defaultStage('rewind'), to }] });
  expect(sharedStages(normal, back(40))).toBe(3);
  expect(sharedStages(back(50), back(40))).toBe(3);
  expect(sharedStages(toggleStage(back(40), 3), back(40))).toBe(3);
  expect(prefixKey(back(40), 3)).toBe(prefixKey(normal));
});

test('a run is the same with another title only', () => {
  expect(isSameRun(normal, setField(normal, 'name', 'other'))).toBe(true);
  expect(isSameRun(normal, structuredClone(normal))).toBe(true);
  expect(isSameRun(normal, removeStage(normal, 2))).toBe(false);
  expect(isSameRun(removeStage(normal, 2), normal)).toBe(false);
  expect(isSameRun(normal, setField(normal, 'seed', 1))).toBe(false);
});

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
