import { toFragment } from '../link/url';
import { defaultExperiment } from '../program/defaults';
import type { KeptRun } from '../results/kept-run';
import type { RunRecord } from '../types/events';

/** 10,000 times the class 0, but for the second image 1 and for the third 2. */
const PREDICTED = `AAEC${'A'.repeat(13_330)}==`;

/** For tests: a saved run of the default experiment. */
export function keptRunOf(change: Partial<KeptRun> = {}, record: Partial<RunRecord> = {}): KeptRun {
  const experiment = record.experiment ?? defaultExperiment();
  return {
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
      ledger: { weights: 20, denseBits: 800, totalBits: 100, parts: [{ name: 'w', kind: 'codes', tensor: 'w', bits: 100 }] },
      digest: 'a'.repeat(64),
      seconds: 1,
      ...record,
    },
    curves: { loss: { step: [1, 2], value: [2, 1] }, validation: { step: [2], value: [0.8] } },
    perClass: [1, 0.5, 0, 0, 0, 0, 0, 0, 0, 0],
    predicted: PREDICTED,
    sweep: null,
    ...change,
  };
}
