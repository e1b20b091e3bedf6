import { describe, expect, test } from 'vitest';
import { defaultExperiment } from '../defaults';
import type { QuantizeStage } from '../types';
import { toFragment } from '../url';
import { KeptRunError, parseKeptRun } from './kept-run';

const experiment = defaultExperiment();
const run = {
  format: 'fewbits-run',
  version: 1,
  id: 'a',
  createdAt: '2026-11-21T04:00:00.000Z',
  name: '',
  note: '',
  origin: 'live',
  command: '',
  commit: '',
  record: {
    experiment,
    url: `#${toFragment(experiment)}`,
    backend: { name: 'wasm', adapter: '', reasons: [] },
    seed: 42,
    steps: 10,
    testAccuracy: 0.9,
    valAccuracy: 0.8,
    trainLoss: 0.5,
    stages: [{ stage: 0, kind: 'train', steps: 10, valAccuracy: 0.8, testAccuracy: 0.9, testLoss: 0.4, totalBits: 100, seconds: 1 }],
    ledger: { weights: 3, denseBits: 96, totalBits: 100, parts: [{ name: 'w', kind: 'codes', tensor: 'w', bits: 100 }] },
    codes: { uniqueCodes: 3, codeMin: -1, codeMax: 1, tensors: { w: { uniqueCodes: 3, codeMin: -1, codeMax: 1 } } },
    digest: 'a'.repeat(64),
    seconds: 1,
  },
  curves: { loss: { step: [1, 2], value: [2, 1] }, validation: { step: [], value: [] } },
  perClass: [1, 0.5],
  predicted: 'AAEC',
  sweep: null,
} as const;

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
