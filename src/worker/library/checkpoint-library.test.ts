import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { quantize, tinyExperiment, train } from '../../engine/testing/tiny-run';
import { defaultStage } from '../../experiment/program/defaults';
import { setStageValue, wrapInRepeat } from '../../experiment/program/edit';
import { prefixKey } from '../../experiment/program/prefix';
import { keptRunOf } from '../../experiment/testing/kept-run';
import { modelState } from '../../experiment/testing/model-state';
import type { RunRecord } from '../../experiment/types/events';
import type { Experiment, Stage } from '../../experiment/types/experiment';
import type { Boundary } from './boundary';
import { CheckpointLibrary } from './checkpoint-library';
import { memoryUse } from './memory-use';

/** A boundary after this many stages, with 1,000 weights that say what it is. */
function behind(stage: number, value: number): Boundary {
  const parameters = { w: new Float32Array(1000).fill(value) };
  const rest = { step: 0, stepsBefore: 0, optimizer: {}, summaries: [], recentLosses: [], seconds: 0 };
  return { checkpoint: { ...rest, stage, model: modelState(parameters) }, model: undefined, layers: [], events: [], history: {} };
}

/** A boundary whose run marked its weights after this many steps. */
function marked(stage: number, value: number, steps: readonly number[], stepsBefore = 10): Boundary {
  const boundary = behind(stage, value);
  const marks = steps.map((step) => ({ step, parameters: {} }));
  return { ...boundary, checkpoint: { ...boundary.checkpoint, stepsBefore, model: { ...boundary.checkpoint.model, marks } } };
}

const { bytes, buffers } = memoryUse(behind(1, 0));
const SIZE = [...buffers].reduce((sum, { byteLength }) => sum + byteLength, bytes);

/** Puts every stage of the experiment that is on. Gives what is held of it. */
function fill(library: CheckpointLibrary, experiment: Experiment, value = 1): readonly (Boundary | undefined)[] {
  return experiment.stages.flatMap(({ on }, index) => (on ? [library.put(experiment, behind(index + 1, value + index))] : []));
}

const stagesOf = (library: CheckpointLibrary, experiment: Experiment) => library.path(experiment).map(({ checkpoint }) => checkpoint.stage);

const program = (bits: number, seed = 1) => tinyExperiment([train(), quantize(bits), train({ steps: 3 })], { seed });

test('the bytes of a boundary are those of its arrays, and a little more', () => {
  expect(SIZE).toBeGreaterThanOrEqual(4000);
  expect(SIZE).toBeLessThan(4400);
});

describe('the library', () => {
  test('gives the longest path that was put, to every program that begins alike', () => {
    const library = new CheckpointLibrary();
    fill(library, program(4));
    expect(stagesOf(library, program(4))).toEqual([1, 2, 3]);
    expect(stagesOf(library, { ...program(4), name: 'other' })).toEqual([1, 2, 3]);
    expect(stagesOf(library, program(2))).toEqual([1]);
    expect(stagesOf(library, program(4, 2))).toEqual([]);
    expect(library.path(program(2))[0]).toBe(library.path(program(4))[0]);
  });

  test('skips stages that are switched off', () => {
    const library = new CheckpointLibrary();
    const gap = (bits: number) => tinyExperiment([train(), quantize(bits, false), train({ steps: 3 }), quantize(2, false)]);
    fill(library, gap(4));
    expect(stagesOf(library, gap(8))).toEqual([1, 3]);
  });

  test('programs with more rounds begin with those of programs with fewer', () => {
    const library = new CheckpointLibrary();
    const rounds = (count: number) =>
      setStageValue(wrapInRepeat(tinyExperiment([train(), quantize(4), train({ steps: 3 })]), 0, 2), 0, 'rounds', count);
    const three = rounds(3);
    for (let step = 1; step <= 7; step++) library.put(three, behind(step, step));
    expect(stagesOf(library, three)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(stagesOf(library, rounds(5))).toEqual([1, 2, 3, 4, 5, 6]);
    expect(stagesOf(library, rounds(2))).toEqual([1, 2, 3, 4]);
  });

  test('holds nothing without what lies before it', () => {
    const library = new CheckpointLibrary();
    expect(library.put(program(4), behind(2, 1))).toBeUndefined();
    expect(stagesOf(library, program(4))).toEqual([]);
  });

  test('of two equal boundaries the first stays; other weights void what was run after the old ones', () => {
    const told: string[] = [];
    const library = new CheckpointLibrary((added, removed) =>
      told.push(...added.map((key) => `+${key.split('\n').length - 3}`), ...removed.map((key) => `-${key.split('\n').length - 3}`)),
    );
    const [first] = fill(library, program(4));
    fill(library, program(2));
    expect(library.put(program(2), behind(1, 1))).toBe(first);
    expect(stagesOf(library, program(4))).toEqual([1, 2, 3]);
    expect(told).toEqual(['+1', '+2', '+3', '+2', '+3']);
    told.length = 0;
    const other = behind(1, 7);
    expect(library.put(program(2), other)).toBe(other);
    expect(stagesOf(library, program(4))).toEqual([1]);
    expect(stagesOf(library, program(2))).toEqual([1]);
    expect(told).toEqual(['-3', '-2', '-3', '-2', '-1', '+1']);
  });

  describe('for programs that go back', () => {
    const back = (...to: readonly number[]) =>
      tinyExperiment([train({ steps: 10 }), quantize(4), ...to.map((step): Stage => ({ ...defaultStage('rewind'), to: step }))]);
    const put = (library: CheckpointLibrary, experiment: Experiment, steps: readonly number[]) =>
      [1, 2].map((stage) => library.put(experiment, marked(stage, stage, steps)));

    test('a boundary is not used that lacks what the program goes back to; one that remembers more is', () => {
      const library = new CheckpointLibrary();
      put(library, back(), []);
      expect(stagesOf(library, back())).toEqual([1, 2]);
      expect(stagesOf(library, back(5))).toEqual([]);
      expect(stagesOf(library, back(0))).toEqual([1, 2]);
      expect(stagesOf(library, back(11))).toEqual([1, 2]);
      put(library, back(5, 7), [5, 7]);
      for (const program of [back(), back(5), back(7), back(7, 5)]) expect(stagesOf(library, program)).toEqual([1, 2]);
      expect(stagesOf(library, back(6))).toEqual([]);
    });

    test('the path ends with the last one that serves', () => {
      const library = new CheckpointLibrary();
      const program = tinyExperiment([train({ steps: 4 }), train({ steps: 6 }), { ...defaultStage('rewind'), to: 5 }]);
      library.put(program, marked(1, 1, [], 4));
      library.put(program, marked(2, 2, [], 10));
      expect(stagesOf(library, program)).toEqual([1]);
      // Whoever saw nothing of the first stage may have put the second.
      library.put(program, marked(2, 2, [5], 10));
      expect(stagesOf(library, program)).toEqual([1, 2]);
    });

    test('the boundary that is held learns what an equal one remembers, and the page receives nothing of it', () => {
      const told: string[] = [];
      const library = new CheckpointLibrary((added, removed) => told.push(...added, ...removed));
      const [first] = put(library, back(5), [5]);
      expect(told).toHaveLength(2);
      const [second] = put(library, back(7), [7]);
      expect(second).toBe(first);
      expect(first?.checkpoint.model.marks.map(({ step }) => step)).toEqual([5, 7]);
      for (const program of [back(5), back(7), back(5, 7)]) expect(stagesOf(library, program)).toEqual([1, 2]);
      const checkpoint = first?.checkpoint;
      put(library, back(), []);
      expect(first?.checkpoint).toBe(checkpoint);
      expect(told).toHaveLength(2);
    });

    test('what a run remembers is counted once, however many boundaries share it', () => {
      const mark = { step: 5, parameters: { w: new Float32Array(1000) } };
      const program = tinyExperiment([train({ steps: 10 }), ...[2, 3, 4, 5, 6, 7].map((bits) => quantize(bits))]);
      const library = new CheckpointLibrary(undefined, 9 * SIZE);
      for (let stage = 1; stage <= 7; stage++) {
        const boundary = marked(stage, stage, []);
        const { model } = boundary.checkpoint;
        library.put(program, { ...boundary, checkpoint: { ...boundary.checkpoint, model: { ...model, marks: [mark] } } });
      }
      expect(stagesOf(library, program)).toHaveLength(7);
      // It is let go with the last of them.
      library.forget(program);
      for (let seed = 2; seed < 11; seed++) fill(library, tinyExperiment([train()], { seed }));
      expect(stagesOf(library, tinyExperiment([train()], { seed: 2 }))).toEqual([1]);
    });
  });

  test('forgets what only this program needs', () => {
    const library = new CheckpointLibrary();
    fill(library, program(4));
    fill(library, program(2));
    library.forget(program(4));
    expect(stagesOf(library, program(4))).toEqual([1]);
    expect(stagesOf(library, program(2))).toEqual([1, 2, 3]);
    library.forget(program(2));
    expect(stagesOf(library, program(2))).toEqual([]);
  });

  test('knows how a run ended that had nothing left to run', () => {
    const library = new CheckpointLibrary();
    const { record } = keptRunOf();
    const short = tinyExperiment([train()]);
    library.end(short, record);
    fill(library, short);
    library.end(program(4), { ...record, digest: 'of another' } as RunRecord);
    expect(library.path(short).at(-1)?.record).toBeUndefined();
    library.end(tinyExperiment([train(), quantize(4, false)]), record);
    expect(library.path(short).at(-1)?.record).toBe(record);
  });

  test('what was not used for the longest time goes first', () => {
    const library = new CheckpointLibrary(undefined, 6 * SIZE);
    const seeds = [1, 2, 3].map((seed) => tinyExperiment([train(), quantize(4)], { seed }));
    for (const experiment of seeds) fill(library, experiment);
    expect(seeds.map((experiment) => stagesOf(library, experiment).length)).toEqual([2, 2, 2]);
    // The first is used again, the second is not.
    stagesOf(library, seeds[2]!);
    stagesOf(library, seeds[0]!);
    fill(library, tinyExperiment([train()], { seed: 4 }));
    expect(seeds.map((experiment) => stagesOf(library, experiment).length)).toEqual([2, 1, 2]);
  });

  test('the program that is loaded keeps all of its own, whatever comes', () => {
    const library = new CheckpointLibrary(undefined, 4 * SIZE);
    library.load(program(4));
    fill(library, program(4));
    for (let seed = 2; seed < 20; seed++) fill(library, program(4, seed));
    expect(stagesOf(library, program(4))).toEqual([1, 2, 3]);
    library.load(program(4, 19));
    for (let seed = 20; seed < 40; seed++) fill(library, program(4, seed));
    expect(stagesOf(library, program(4))).toEqual([]);
  });

  test('whatever is put, loaded, used and forgotten: paths without gaps, within the budget, and the page knows every one', () => {
    const stage: fc.Arbitrary<Stage> = fc.constantFrom(train(), train({ steps: 3 }), quantize(2), quantize(4), quantize(4, false));
    const experiment = fc.record({ stages: fc.array(stage, { minLength: 1, maxLength: 4 }), seed: fc.constantFrom(1, 2) });
    const action = fc.record({ kind: fc.constantFrom('fill', 'load', 'use', 'forget'), experiment, value: fc.constantFrom(1, 1, 1, 2) });
    fc.assert(
      fc.property(fc.array(action, { maxLength: 30 }), (actions) => {
        const known = new Set<string>();
        const budget = 5;
        const library = new CheckpointLibrary((added, removed) => {
          for (const key of removed) expect(known.delete(key)).toBe(true);
          for (const key of added) expect(known.size).toBe(known.add(key).size - 1);
        }, budget * SIZE);
        let loaded: Experiment | undefined;
        for (const { kind, experiment: given, value } of actions) {
          const one = tinyExperiment(given.stages, { seed: given.seed });
          if (kind === 'fill') fill(library, one, value);
          else if (kind === 'use') library.path(one);
          else if (kind === 'forget') library.forget(one);
          else {
            loaded = one;
            library.load(one);
          }
          const own = loaded ? library.path(loaded).length : 0;
          expect(known.size).toBeLessThanOrEqual(Math.max(budget, own));
        }
        // Whatever was reported to the page is there, with all that lies before it.
        for (const { experiment: given } of actions) {
          const one = tinyExperiment(given.stages, { seed: given.seed });
          const there = new Set(library.path(one).map(({ checkpoint }) => checkpoint.stage));
          one.stages.forEach(({ on }, index) => {
            if (on) expect(known.has(prefixKey(one, index + 1))).toBe(there.has(index + 1));
          });
        }
      }),
    );
  });
});
