import { expect, it } from 'vitest';
import { defaultExperiment } from '../experiment/defaults';
import type { RunRecord } from '../experiment/events';
import { recordText } from './run-record';

it('is JSON that reads back to the record', () => {
  const record: RunRecord = {
    experiment: defaultExperiment(),
    url: '#v=1',
    backend: { name: 'wasm', adapter: '', reasons: ['This browser has no WebGPU.'] },
    seed: 1,
    steps: 10,
    testAccuracy: 0.5,
    valAccuracy: 0.25,
    trainLoss: null,
    stages: [],
    ledger: { weights: 2, denseBits: 64, totalBits: 96, parts: [{ name: 'header', kind: 'header', tensor: '', bits: 96 }] },
    digest: 'ab',
    seconds: 1.5,
  };
  const text = recordText(record);
  expect(JSON.parse(text)).toEqual(record);
  expect(text.endsWith('}\n')).toBe(true);
  expect(JSON.parse(recordText({ ...record, valAccuracy: Number.NaN })).valAccuracy).toBeNull();
});
