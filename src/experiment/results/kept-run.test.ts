import { describe, expect, test } from 'vitest';
import { defaultExperiment } from '../defaults';
import { keptRunOf } from '../testing/kept-run';
import type { QuantizeStage } from '../types';
import { KeptRunError, parseKeptRun } from './kept-run';

const experiment = defaultExperiment();
const codes = { uniqueCodes: 3, codeMin: -1, codeMax: 1 };
const run = keptRunOf({}, { codes: { ...codes, tensors: { w: codes } } });

describe('a kept run', () => {
  test('reads back from its JSON as it was', () => {
    expect(parseKeptRun(JSON.parse(JSON.stringify(run)))).toEqual(run);
  });

  test('an experiment of an older page gets what came later, at its default', () => {
    const { delay: _, ...stage } = experiment.stages[1] as QuantizeStage;
    const old = { ...run, record: { ...run.record, experiment: { ...experiment, stages: [experiment.stages[0], stage] } } };
    expect(parseKeptRun(old).record.experiment).toEqual(experiment);
  });

  test.each([
    ['nothing', null, 'it is no such object'],
    ['a list', [], 'its format is not as it should be'],
    ['another format', { ...run, format: 'x' }, 'its format'],
    ['an accuracy over 1', { ...run, record: { ...run.record, testAccuracy: 2 } }, 'its record.testAccuracy'],
    ['curves of two lengths', { ...run, curves: { ...run.curves, loss: { step: [1], value: [] } } }, 'its curves.loss'],
    ['a digest that is none', { ...run, record: { ...run.record, digest: 'x' } }, 'its record.digest'],
    ['markup in the predictions', { ...run, predicted: '<b>' }, 'its predicted'],
    ['an experiment that is none', { ...run, record: { ...run.record, experiment: { seed: -1 } } }, 'experiment cannot be read: Seed must'],
  ])('%s is refused in a sentence', (_name, json, message) => {
    expect(() => parseKeptRun(json)).toThrow(KeptRunError);
    expect(() => parseKeptRun(json)).toThrow(message);
  });
});
