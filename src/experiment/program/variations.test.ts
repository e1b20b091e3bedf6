import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toFragment } from '../link/url';
import { experimentArbitrary } from '../testing/arbitrary';
import type { Experiment } from '../types/experiment';
import { addStage, removeStage, setStageValue, toggleStage } from './edit';
import { sharedStages } from './prefix';
import { parseExperiment } from './validate';
import { calibrationVariations, drawVariations, sampleCounts, type Variations } from './variations';

const program = (...stages: readonly Record<string, unknown>[]): Experiment => parseExperiment({ stages }).experiment;
const list = (found: Variations) => ('variations' in found ? found.variations : []);
const missing = (found: Variations) => ('missing' in found ? found.missing : '');

const train = { kind: 'train', steps: 10 };
const calibrated = { kind: 'quantize', activations: 'uniform' };
const stochastic = { kind: 'quantize', rounding: 'stochastic', bits: 3 };

describe('the calibration bench', () => {
  const experiment = program(train, calibrated);

  test('has every method with every number of images, and changes nothing else', () => {
    const variations = list(calibrationVariations(experiment));
    expect(variations).toHaveLength(5 * sampleCounts.length);
    expect(new Set(variations.map(({ experiment }) => toFragment(experiment))).size).toBe(25);
    expect(variations.map(({ value }) => value).slice(0, 5)).toEqual([1, 8, 64, 256, 2048]);
    for (const variation of variations) {
      expect(variation.experiment.stages[1]).toMatchObject({ activations: 'uniform', samples: variation.value });
      expect(sharedStages(experiment, variation.experiment)).toBeGreaterThanOrEqual(1);
      expect(parseExperiment(variation.experiment)).toEqual({ experiment: variation.experiment, problems: [] });
    }
    expect(variations[0]?.label).toBe('min-max, 1 image');
    expect(variations[4]?.label).toBe('min-max, 2,048 images');
  });

  test('says what has to be set', () => {
    expect(missing(calibrationVariations(program(train)))).toMatch(/Add a quantize stage/);
    expect(missing(calibrationVariations(toggleStage(experiment, 1)))).toMatch(/Add a quantize stage/);
    expect(missing(calibrationVariations(program(train, { kind: 'quantize' })))).toMatch(/activations of stage 2/);
    expect(missing(calibrationVariations(setStageValue(experiment, 1, 'actRange', 'dynamic')))).toMatch(/static/);
    expect(missing(calibrationVariations(program(train, calibrated, train)))).toMatch(/after the last training stage/);
  });
});

describe('draws', () => {
  test('of a quantize stage after the training: the stage itself', () => {
    const experiment = program(train, stochastic);
    const variations = list(drawVariations(experiment, 20));
    expect(variations.map(({ experiment }) => experiment.stages[1]?.draw)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    expect(variations.every(({ experiment }) => experiment.stages.length === 2)).toBe(true);
    expect(variations.every((variation) => sharedStages(experiment, variation.experiment) >= 1)).toBe(true);
  });

  test('of a quantize stage before the training: a copy after it, so that nothing is trained again', () => {
    const experiment = program(stochastic, train);
    for (const variation of list(drawVariations(experiment, 3))) {
      expect(sharedStages(experiment, variation.experiment)).toBe(2);
      expect(variation.experiment.stages[2]).toMatchObject({ rounding: 'stochastic', bits: 3, draw: variation.value });
    }
  });

  test('of a quantize stage in a repeat: it trains on in the next round, so that a copy after it draws', () => {
    const repeated = program({ kind: 'repeat', rounds: 2, of: 2 }, train, stochastic);
    const [first] = list(drawVariations(repeated, 1));
    expect(first && sharedStages(repeated, first.experiment)).toBe(4);
    expect(first?.experiment.stages[3]).toMatchObject({ rounding: 'stochastic', draw: 1 });
    expect(missing(calibrationVariations(program({ kind: 'repeat', of: 2 }, train, calibrated)))).toMatch(/after the last training/);
    const long = program(stochastic, { kind: 'repeat', rounds: 23, of: 13 }, ...Array.from({ length: 13 }, () => train));
    expect(missing(drawVariations(long, 1))).toMatch(/^A run has at most 300 stages/);
  });

  test('say what has to be set', () => {
    expect(missing(drawVariations(program(train), 3))).toMatch(/Add a quantize stage/);
    expect(missing(drawVariations(program(train, { kind: 'quantize' }), 3))).toMatch(/rounding of stage 2 to stochastic/);
    let full = program(stochastic, train);
    while (full.stages.length < 24) full = addStage(full, 'train');
    expect(missing(drawVariations(full, 3))).toMatch(/at most 24 stages/);
    expect(list(drawVariations(removeStage(full, 23), 3))).toHaveLength(3);
  });
});

test('variations of any experiment are valid, or there is a sentence', () => {
  fc.assert(
    fc.property(experimentArbitrary, (experiment) => {
      for (const found of [calibrationVariations(experiment), drawVariations(experiment, 2)]) {
        if ('missing' in found) expect(found.missing).toMatch(/\.$/);
        else for (const variation of found.variations) expect(parseExperiment(variation.experiment).problems).toEqual([]);
      }
    }),
    { numRuns: 60 },
  );
});
