import { describe, expect, test } from 'vitest';
import { defaultExperiment } from '../program/defaults';
import { keptRunOf } from '../testing/kept-run';
import type { QuantizeStage } from '../types/experiment';
import { KeptRunError, parseKeptRun } from './kept-run';

const experiment = defaultExperiment();
const codes = { uniqueCodes: 3, codeMin: -1, codeMax: 1 };
const stored = { values: [-1, 1], counts: [1, 2], step: 2, bits: 1, distinct: 2, possible: 2, zeros: 0 };
const layer = { layer: 'fc1', latent: { min: -1, max: 1, counts: [1, 2] }, stored };
const run = keptRunOf({ weights: [layer] }, { codes: { ...codes, tensors: { w: codes } } });

describe('a saved run', () => {
  test('reads back from its JSON as it was', () => {
    expect(parseKeptRun(JSON.parse(JSON.stringify(run)))).toEqual(run);
  });

  test('one of an older page has no weights', () => {
    const { weights: _, ...old } = run;
    expect(parseKeptRun(JSON.parse(JSON.stringify(old)))).toEqual(old);
  });

  test('an experiment of an older page gets what came later, at its default', () => {
    const { delay: _, ...stage } = experiment.stages[1] as QuantizeStage;
    const old = { ...run, record: { ...run.record, experiment: { ...experiment, stages: [experiment.stages[0], stage] } } };
    expect(parseKeptRun(old).record.experiment).toEqual(experiment);
  });

  test.each([
    ['nothing', null, 'it has another structure'],
    ['a list', [], 'its format is invalid'],
    ['another format', { ...run, format: 'x' }, 'its format'],
    ['an accuracy over 1', { ...run, record: { ...run.record, testAccuracy: 2 } }, 'its record.testAccuracy'],
    ['curves of two lengths', { ...run, curves: { ...run.curves, loss: { step: [1], value: [] } } }, 'its curves.loss'],
    ['a digest that is none', { ...run, record: { ...run.record, digest: 'x' } }, 'its record.digest'],
    ['a histogram without a width', { ...run, weights: [{ ...layer, latent: { min: 1, max: 1, counts: [1] } }] }, 'its weights.0.latent'],
    [
      'a histogram of a thousand bins',
      { ...run, weights: [{ ...layer, latent: { min: 0, max: 1, counts: new Array(1000).fill(1) } }] },
      'its weights.0',
    ],
    ['levels without counts', { ...run, weights: [{ ...layer, stored: { ...stored, counts: [1] } }] }, 'its weights.0.stored'],
    ['levels in no order', { ...run, weights: [{ ...layer, stored: { ...stored, values: [1, -1] } }] }, 'its weights.0.stored'],
    ['markup in the predictions', { ...run, predicted: '<b>' }, 'its predicted'],
    ['an experiment that is none', { ...run, record: { ...run.record, experiment: { seed: -1 } } }, 'experiment cannot be read: Seed must'],
  ])('%s is refused in a sentence', (_name, json, message) => {
    expect(() => parseKeptRun(json)).toThrow(KeptRunError);
    expect(() => parseKeptRun(json)).toThrow(message);
  });
});
