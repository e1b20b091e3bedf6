import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Values } from '../../experiment/settings/setting';
import { better } from '../run/tally';
import { tinyDataset } from '../testing/tiny-dataset';
import { everyStep, finish, quantize, stage, tinyExperiment, train } from '../testing/tiny-run';
import { openTestBackends } from '../testing/wasm-test-backend';

beforeAll(openTestBackends);

const dataset = tinyDataset({ train: 100, test: 40 });

/** Training that first helps and then harms: so large a rate that validation loss has its minimum on the way. */
const overshooting = (values: Values = {}) => train({ steps: 30, evaluateEvery: 3, lr: 3, best: true, ...values });

for (const backend of ['wasm', 'cpu'])
  describe(`the best step on ${backend}`, () => {
    beforeAll(async () => {
      await tf.setBackend(backend);
    });

    test('is where validation loss was lowest, with the accuracy of a run that ends there', async () => {
      const { events, record } = await finish(tinyExperiment([stage('prune', { amount: 30 }), overshooting()]), dataset);
      const seen = events.flatMap((event) => (event.type === 'evaluation' && event.stage === 1 ? [event] : []));
      const lowest = Math.min(...seen.map(({ evaluation }) => evaluation.loss));
      const at = seen.find(({ evaluation }) => evaluation.loss === lowest);
      const found = record?.stages[1]?.earlyStop;
      expect(found?.step).toBe(at?.globalStep);
      expect(found?.valLoss).toBe(lowest);
      expect(found?.step).toBeLessThan(30);
      const short = await finish(tinyExperiment([stage('prune', { amount: 30 }), overshooting({ steps: found?.step ?? 0 })]), dataset);
      expect(found?.testAccuracy).toBe(short.record?.testAccuracy);
    });

    test('changes nothing of the run', async () => {
      const plain = await finish(tinyExperiment([overshooting({ best: false }), quantize(4)]), dataset);
      const noted = await finish(tinyExperiment([overshooting(), quantize(4)]), dataset);
      expect(noted.record?.digest).toBe(plain.record?.digest);
      expect(noted.losses).toEqual(plain.losses);
      expect(plain.record?.stages[0]?.earlyStop).toBeUndefined();
      expect(noted.record?.stages[1]?.earlyStop).toBeUndefined();
    });

    test('survives an interruption anywhere in the stage', async () => {
      const experiment = tinyExperiment([overshooting({ steps: 12 })]);
      const whole = await finish(experiment, dataset, { control: everyStep() });
      expect(whole.checkpoints).toHaveLength(13);
      for (const from of whole.checkpoints) {
        const resumed = await finish(experiment, dataset, { from: structuredClone(from) });
        expect(resumed.record?.stages[0]?.earlyStop).toEqual(whole.record?.stages[0]?.earlyStop);
      }
    });

    test('is the last step where nothing is validated on the way', async () => {
      const { record } = await finish(tinyExperiment([overshooting({ steps: 5, evaluateEvery: 0 })]), dataset);
      const [only] = record?.stages ?? [];
      expect(only?.earlyStop).toMatchObject({ step: 5, testAccuracy: only?.testAccuracy });
    });
  });

test('of equal losses the earlier step stays, and a loss that is no number is never the best', () => {
  const at = (step: number, valLoss: number) => ({ step, valLoss, testAccuracy: 0.5 });
  expect(better(at(1, 0.2), at(2, 0.2))).toEqual(at(1, 0.2));
  expect(better(at(1, 0.2), at(2, 0.1))).toEqual(at(2, 0.1));
  expect(better(at(1, 0.2), at(2, Number.NaN))).toEqual(at(1, 0.2));
  expect(better(null, at(2, Number.POSITIVE_INFINITY))).toBeNull();
});
