import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { optimizers } from '../experiment/methods/optimizers';
import { tinyDataset } from './testing/tiny-dataset';
import { everyStep, finish, quantize, tinyCnn, tinyExperiment, train } from './testing/tiny-run';
import { openTestBackends } from './testing/wasm-test-backend';

beforeAll(openTestBackends);

const dataset = tinyDataset({ train: 100, test: 30 });

/** Resumes from every checkpoint of a run; each must end as the run did. */
async function resumeEverywhere(experiment: ReturnType<typeof tinyExperiment>): Promise<number> {
  const whole = await finish(experiment, dataset, { control: everyStep() });
  expect(whole.record).toBeDefined();
  for (const from of whole.checkpoints) {
    // A checkpoint may have been stored anywhere in between: as a structured clone, for one.
    const resumed = await finish(experiment, dataset, { from: structuredClone(from) });
    const where = `stage ${from.stage}, step ${from.step}`;
    expect([where, ...resumed.losses]).toEqual([where, ...whole.losses.slice(from.stepsBefore + from.step)]);
    expect(resumed.record?.digest, where).toBe(whole.record?.digest);
    expect(resumed.record?.steps, where).toBe(whole.record?.steps);
    expect(resumed.record?.trainLoss, where).toBe(whole.record?.trainLoss);
    const measured = (record: typeof whole.record) => record?.stages.map(({ seconds: _, inferenceMs: __, ...rest }) => rest);
    expect(measured(resumed.record), where).toEqual(measured(whole.record));
    expect(resumed.record?.codes, where).toEqual(whole.record?.codes);
  }
  return whole.checkpoints.length;
}

describe('a resumed run ends bit for bit as the uninterrupted one', () => {
  for (const { id: optimizer } of optimizers)
    test(`${optimizer}: inside stages and between them`, async () => {
      const schedule = { schedule: 'cosine', warmup: 2, weightDecay: 0.001 };
      const stages = [
        train({ steps: 4, optimizer, ...schedule }),
        quantize(3),
        train({ steps: 3, optimizer, evaluateEvery: 2, batch: 70 }),
      ];
      // One for each step, and one after each stage.
      expect(await resumeEverywhere(tinyExperiment(stages, { model: tinyCnn }))).toBe(4 + 3 + 3);
    });

  test('on cpu', async () => {
    await tf.setBackend('cpu');
    await resumeEverywhere(tinyExperiment([quantize(4), train({ steps: 3 })], { model: tinyCnn }));
    await tf.setBackend('wasm');
  });

  test('with a seed beyond 2^21, over several epochs', async () => {
    await resumeEverywhere(tinyExperiment([train({ steps: 6, batch: 40 })], { seed: 4_000_000_000 }));
  });

  test('where the target was reached', async () => {
    const whole = await finish(tinyExperiment([train({ steps: 300, evaluateEvery: 2, target: 80 }), quantize(4)]), dataset, {
      control: everyStep(),
    });
    const middle = whole.checkpoints.at(-5);
    expect(middle?.step).toBeGreaterThan(0);
    const resumed = await finish(tinyExperiment([train({ steps: 300, evaluateEvery: 2, target: 80 }), quantize(4)]), dataset, {
      from: middle,
    });
    expect(resumed.record?.steps).toBe(whole.record?.steps);
    expect(resumed.record?.digest).toBe(whole.record?.digest);
  });

  test('when nothing is on', async () => {
    await resumeEverywhere(tinyExperiment([train({ on: false })]));
    await resumeEverywhere(tinyExperiment([]));
  });

  test('a stage switched on after stages that are off: the untrained network is not one of its stages', async () => {
    const idle = await finish(tinyExperiment([train({ on: false })]), dataset);
    const program = tinyExperiment([train({ on: false }), quantize(4)]);
    const resumed = await finish(program, dataset, { from: idle.checkpoints.at(-1) });
    expect(resumed.record?.stages.map(({ kind }) => kind)).toEqual(['quantize']);
  });

  test('a stage added after a finished run: as if it had been there from the start', async () => {
    const short = await finish(tinyExperiment([train()]), dataset);
    const long = tinyExperiment([train(), quantize(4), train({ steps: 3 })]);
    const resumed = await finish(long, dataset, { from: short.checkpoints.at(-1) });
    const whole = await finish(long, dataset);
    expect(resumed.record?.digest).toBe(whole.record?.digest);
    expect(resumed.losses).toEqual(whole.losses.slice(12));
  });
});

test('a checkpoint does not change afterwards', async () => {
  for (const backend of ['wasm', 'cpu']) {
    await tf.setBackend(backend);
    const experiment = tinyExperiment([train({ steps: 4, optimizer: 'adam' })], { model: tinyCnn });
    const { checkpoints } = await finish(experiment, dataset, { control: everyStep() });
    const [first] = checkpoints;
    const before = structuredClone(first);
    await finish(experiment, dataset, { from: first });
    expect(first).toEqual(before);
    expect(checkpoints[1]?.model.parameters).not.toEqual(first?.model.parameters);
  }
  await tf.setBackend('wasm');
});
