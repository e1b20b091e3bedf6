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
      'it has 1,000 bins of a histogram, and at most 64 are possible.',
    ],
    ['levels without counts', { ...run, weights: [{ ...layer, stored: { ...stored, counts: [1] } }] }, 'its weights.0.stored'],
    ['levels in no order', { ...run, weights: [{ ...layer, stored: { ...stored, values: [1, -1] } }] }, 'its weights.0.stored'],
    ['markup in the predictions', { ...run, predicted: '<b>' }, 'its predicted'],
    ['a loss beyond float32', { ...run, curves: { ...run.curves, loss: { step: [1], value: [1e308] } } }, 'its curves.loss.value.0'],
    ['an accuracy of 1e308', { ...run, curves: { ...run.curves, validation: { step: [1], value: [1e308] } } }, 'its curves.validation'],
    ['steps that go back', { ...run, curves: { ...run.curves, loss: { step: [2, 1], value: [1, 1] } } }, 'its curves.loss'],
    ['a histogram up to 1e308', { ...run, weights: [{ ...layer, latent: { ...layer.latent, max: 1e308 } }] }, 'its weights.0.latent.max'],
    ['half a weight', { ...run, weights: [{ ...layer, latent: { ...layer.latent, counts: [0.5] } }] }, 'its weights.0.latent.counts'],
    ['a level of 1e308', { ...run, weights: [{ ...layer, stored: { ...stored, values: [-1, 1e308] } }] }, 'its weights.0.stored'],
    ['half a position in a sweep', { ...run, sweep: { id: 's', index: 0.5 } }, 'its sweep.index'],
    [
      'another seed than its experiment',
      { ...run, record: { ...run.record, seed: 7 } },
      'its seed is 7, and that of its experiment is 42.',
    ],
    [
      'another seed than its link',
      { ...run, record: { ...run.record, url: `${run.record.url}&seed=7` } },
      'its seed is 42, and that of its link is 7.',
    ],
    ['too few predictions', { ...run, predicted: 'AAEC' }, 'it has predictions for 3 images, and its test set has 10,000.'],
    [
      'a class that is not there',
      { ...run, predicted: `AAEK${run.predicted.slice(4)}` },
      'it predicts class 10, and its data has the classes 0 to 9.',
    ],
    ['accuracies of two classes', { ...run, perClass: [1, 0.5] }, 'it has an accuracy for 2 classes, and its data has 10.'],
    [
      'the result of a stage that is not there',
      { ...run, record: { ...run.record, stages: [{ ...run.record.stages[0]!, stage: 2 }] } },
      'it has the result of a stage that is not in its experiment.',
    ],
    ['an experiment that is none', { ...run, record: { ...run.record, experiment: { seed: -1 } } }, 'experiment cannot be read: Seed must'],
  ])('%s is refused in a sentence', (_name, json, message) => {
    expect(() => parseKeptRun(json)).toThrow(KeptRunError);
    expect(() => parseKeptRun(json)).toThrow(message);
  });

  test('200,000 stages are refused by their number, before one of them is read', () => {
    const unread = new Proxy({}, { get: () => expect.fail('read'), ownKeys: () => expect.fail('walked') });
    const stages = new Array(200_000).fill(unread);
    const large = { ...run, record: { ...run.record, experiment: { ...experiment, stages } } };
    expect(() => parseKeptRun(large)).toThrow(/^This run cannot be read: it has 200,000 stages, and at most \d+ are possible\.$/);
  });
});
